import { openConfigStore } from "@weir/store";
import { createTestDatabase, startTcpRelay, waitFor } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ChangeKind, openChangeHub } from "./change-hub.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("every listener hears a change of config, until it stops", async () => {
  const hub = openChangeHub(database.databaseUrl);
  const config = openConfigStore(database.databaseUrl);
  const heard: [ChangeKind[], ChangeKind[]] = [[], []];
  const stop = hub.listen((kind) => heard[0].push(kind));
  hub.listen((kind) => heard[1].push(kind));
  // Listening begins a moment after it is asked for, so the change is made until it is heard of.
  let hold = false;
  const change = () => {
    hold = !hold;
    return config.setMeshHold(hold, { author: "ada" });
  };
  await waitFor(
    async () => {
      await change();
      return heard.every((kinds) => kinds.includes("config"));
    },
    { what: "both listeners to hear of it" },
  );
  stop();
  const before = heard[0].length;
  const others = heard[1].length;
  await change();
  await waitFor(() => heard[1].length > others, { what: "the other to hear of it" });
  expect(heard[0].length).toBe(before);
  await Promise.all([hub.close(), config.close()]);
});

test.each([{ away: "from the start" }, { away: "later" }])(
  "a database that is away $away is told, and that it is back",
  async ({ away }) => {
    const url = new URL(database.databaseUrl);
    const relay = await startTcpRelay({ host: url.hostname, port: Number(url.port) });
    url.port = String(relay.port);
    const hub = openChangeHub(url.href);
    const config = openConfigStore(database.databaseUrl);
    const heard: ChangeKind[] = [];
    let hold = false;
    if (away === "from the start") await relay.cut();
    hub.listen((kind) => heard.push(kind));
    if (away === "later") {
      await waitFor(
        async () => {
          hold = !hold;
          await config.setMeshHold(hold, { author: "ada" });
          return heard.includes("config");
        },
        { what: "the hub to listen" },
      );
      await relay.cut();
    }
    await waitFor(() => heard.includes("lost"), { what: "the loss to be told" });
    const late: ChangeKind[] = [];
    hub.listen((kind) => late.push(kind));
    expect(late).toEqual(["lost"]);
    await relay.restore();
    await waitFor(() => late.includes("resync"), { what: "the return to be told" });
    await Promise.all([hub.close(), config.close(), relay.close()]);
  },
);
