import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createTestDatabase, freePort, type TestDatabase, waitFor } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hostileBodies, post } from "./testing/hostile-bodies.ts";
import { spanBody } from "./testing/test-collector.ts";

const mebibyte = 2 ** 20;
const senders = 3;

let database: TestDatabase;
let child: ChildProcess;
let base: { readonly otlp: string; readonly zipkin: string };

beforeAll(async () => {
  database = await createTestDatabase();
  const listen = `127.0.0.1:${await freePort()}`;
  const zipkin = `127.0.0.1:${await freePort()}`;
  base = { otlp: `http://${listen}`, zipkin: `http://${zipkin}` };
  child = spawn(process.execPath, [`${import.meta.dirname}/main.ts`], {
    env: {
      PATH: "/usr/bin:/bin",
      DATABASE_URL: database.databaseUrl,
      WEIR_OTLP_HTTP_LISTEN: listen,
      WEIR_OTLP_GRPC_LISTEN: "off",
      WEIR_ZIPKIN_LISTEN: zipkin,
      LOG_LEVEL: "error",
    },
    stdio: "inherit",
  });
  await waitFor(async () => (await fetch(`${base.otlp}/readyz`)).ok, {
    what: "the collector",
    timeoutMs: 30_000,
  });
});

afterAll(async () => {
  child.kill("SIGKILL");
  await database.drop();
});

/** The most that the process ever had in memory (Linux: proc(5), VmHWM). */
function peakBytes(): number {
  const [, kibibytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [];
  return Number(kibibytes) * 1024;
}

test("512 MiB are enough, whatever comes", async () => {
  const kinds = Object.entries(hostileBodies);
  const answers = new Map<string, number[]>();
  const send = async (sender: number): Promise<void> => {
    for (let i = 0; i < kinds.length; i++) {
      const [name, kind] = kinds[(i + sender * 5) % kinds.length] as (typeof kinds)[number];
      // Of each kind both the largest that is read and one that may well be taken.
      const status = await post(base, kind, kind.of(sender === 0 ? 19.9 * mebibyte : mebibyte));
      answers.set(name, [...(answers.get(name) ?? []), status]);
    }
  };
  await Promise.all(Array.from({ length: senders }, (_, sender) => send(sender)));
  for (const [name, statuses] of answers)
    for (const status of statuses)
      expect([name, status]).toEqual([name, expect.toBeOneOf([200, 202, 400, 413, 429])]);
  expect(peakBytes()).toBeLessThan(512 * mebibyte);
  await waitFor(
    async () =>
      (await post(
        base,
        { signal: "traces", encoding: "protobuf", of: () => Buffer.alloc(0) },
        spanBody("after"),
      )) === 200,
    { what: "an ordinary request to be taken" },
  );
}, 300_000);
