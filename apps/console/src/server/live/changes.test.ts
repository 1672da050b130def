import { isTrackedEnvelope } from "@trpc/server";
import { waitFor } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";

const Notice = z.object({ kind: z.string() });
let mesh: ConsoleForTest;
beforeAll(async () => {
  mesh = await consoleForTest();
});
afterAll(() => mesh.close());

/** The first notices of a subscription; whatever makes them happen is repeated until they came. */
async function notices(
  input: { lastEventId?: string } | undefined,
  howMany: number,
  cause: () => Promise<unknown>,
) {
  const told: { id: string; kind: string }[] = [];
  const listening = (async () => {
    for await (const notice of await mesh.as().live.changes(input)) {
      if (!isTrackedEnvelope(notice)) throw new Error("a notice without an id");
      told.push({ id: notice[0], kind: Notice.parse(notice[1]).kind });
      if (told.length === howMany) return;
    }
  })();
  await waitFor(
    async () => {
      if (told.length < howMany) await cause();
      return told.length === howMany;
    },
    { what: `${howMany} notices` },
  );
  await listening;
  return told;
}

test("a change of config is told, and every notice has an id of its own", async () => {
  let hold = false;
  const told = await notices(undefined, 2, () => {
    hold = !hold;
    return mesh.config.setMeshHold(hold, { author: "ada" });
  });
  expect(told.map((notice) => notice.kind)).toEqual(["config", "config"]);
  expect(Number(told[1]?.id)).toBeGreaterThan(Number(told[0]?.id));
});

test("who comes back is told that anything may have changed", async () => {
  const told = await notices({ lastEventId: "1" }, 1, async () => {});
  expect(told.map((notice) => notice.kind)).toEqual(["resync"]);
});
