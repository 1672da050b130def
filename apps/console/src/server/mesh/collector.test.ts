import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../../config.ts";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";

const status = {
  atMs: 1,
  alerts: [{ code: "spool_filling", severity: "warning", message: "The spool is 60 % full." }],
  spool: { requests: 2, bytes: 600, maxBytes: 1000, oldestMs: 0 },
  ...{ inFlight: 3, lastCommitAgeMs: 40, turnedAway: 0, partitionHeadRoomHours: 2.5 },
  memory: { usedBytes: 100, limitBytes: 512 },
};
let answer = { code: 200, body: JSON.stringify(status) };
const server = createServer((request, response) => {
  response.writeHead(request.url === "/status" ? answer.code : 404).end(answer.body);
});
let console_: ConsoleForTest;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  console_ = await consoleForTest();
});
afterAll(async () => {
  server.close();
  await console_.close();
});

const ask = (port: number) =>
  console_
    .as({
      settings: readConfig({ DATABASE_URL: "postgres://x", WEIR_COLLECTOR_URL: `http://127.0.0.1:${port}` }),
    })
    .mesh.collector();

test("the collector's own view of itself is passed on", async () => {
  const { port } = server.address() as AddressInfo;
  expect(await ask(port)).toMatchObject({
    alerts: status.alerts,
    spool: { bytes: 600 },
    partitionHeadRoomHours: 2.5,
  });
});

test.each`
  what                                 | code   | body
  ${"says that something failed"}      | ${500} | ${"no"}
  ${"is of another kind"}              | ${200} | ${"<html>"}
  ${"is of a release that knows less"} | ${200} | ${"{}"}
`("an answer that $what is none", async ({ code, body }) => {
  answer = { code, body };
  const { port } = server.address() as AddressInfo;
  expect(await ask(port)).toBeNull();
});

test("a collector that is not there does not answer", async () => {
  expect(await ask(1)).toBeNull();
});
