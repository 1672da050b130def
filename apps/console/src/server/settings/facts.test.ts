import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";

const status = {
  ...{ atMs: 1, alerts: [], inFlight: 0, lastCommitAgeMs: 40, turnedAway: 0, partitionHeadRoomHours: 2 },
  ...{ spool: { requests: 0, bytes: 0, maxBytes: 1_000 }, memory: { usedBytes: 1, limitBytes: 512 } },
  retentionHours: { spans: 24, edges1d: 9_600 },
};
const collector = createServer((_, response) => void response.end(JSON.stringify(status)));
let mesh: ConsoleForTest;
beforeAll(async () => {
  collector.listen(0, "127.0.0.1");
  await once(collector, "listening");
  mesh = await consoleForTest();
});
afterAll(async () => {
  collector.close();
  await mesh.close();
});

const ask = (port: number) =>
  mesh
    .as({ settings: { ...mesh.context.settings, collectorUrl: `http://127.0.0.1:${port}` } })
    .settings.facts();

test("versions, addresses and what the collector is set to are told, the database's address is not", async () => {
  const facts = await ask((collector.address() as AddressInfo).port);
  expect(facts).toMatchObject({
    versions: { node: process.versions.node, postgres: expect.stringMatching(/^\d+/) },
    author: "ada",
    collector: { retentionHours: { spans: 24 }, memoryLimitBytes: 512, spoolMaxBytes: 1_000 },
  });
  expect(facts.versions.weir).toMatch(/^\d+\.\d+\.\d+/);
  expect(JSON.stringify(facts)).not.toContain("postgres://");
});

test("without the collector the rest is told all the same", async () => {
  expect(await ask(1)).toMatchObject({ author: "ada", collector: null });
});
