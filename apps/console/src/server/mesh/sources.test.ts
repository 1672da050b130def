import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openSql, type Sql } from "@weir/store";
import { freePort, startTcpRelay, type TcpRelay, waitFor } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";

const ready = createServer((request, response) => {
  response.writeHead(request.url === "/readyz" ? 200 : 404).end();
});
const payments = { namespace: "shop", service: "payments", version: "v1" };
let mesh: ConsoleForTest;
let relay: TcpRelay;
let sql: Sql;

beforeAll(async () => {
  ready.listen(0, "127.0.0.1");
  await once(ready, "listening");
  mesh = await consoleForTest();
  const url = new URL(mesh.context.settings.databaseUrl);
  relay = await startTcpRelay({ host: url.hostname, port: Number(url.port) });
  url.hostname = "127.0.0.1";
  url.port = String(relay.port);
  sql = openSql(url.href, { applicationName: "weir-console-test" });
  await sql`SELECT`; // connecting is no part of how soon the database answers
});
afterAll(async () => {
  ready.close();
  await sql.end({ timeout: 1 });
  await relay.close();
  await mesh.close();
});

const readyUrl = () => `http://127.0.0.1:${(ready.address() as AddressInfo).port}`;

function ask(collectorUrl = readyUrl()) {
  const settings = { ...mesh.context.settings, collectorUrl, controllerUrl: readyUrl() };
  return mesh.as({ sql, settings }).mesh.sources();
}

test("all is there, before anything was reported and after", async () => {
  expect(await ask()).toEqual({ database: true, collector: true, controller: true });
  const timeMs = Date.now() - 30_000;
  await mesh.commit({
    edgePoints: [
      {
        ...{ timeMs, reporter: "source", source: payments, destination: payments, protocol: "http" },
        ...{ method: "GET", flag: "", statusClass: 2, requests: 1, requestBytes: 0, responseBytes: 0 },
        ...{ durationSumSeconds: 0.1, histogram: { indexes: [-50], counts: [1] }, exemplars: [] },
      },
    ],
  });
  expect((await ask()).newestAtMs).toBeGreaterThanOrEqual(timeMs);
});

test("a collector that is not there is told, and nothing else", async () => {
  const answer = await ask(`http://127.0.0.1:${await freePort()}`);
  expect(answer).toMatchObject({ database: true, collector: false, controller: true });
});

test.each(["cut", "freeze"] as const)(
  "a database whose connections are %s is away, and there again",
  async (how) => {
    relay[how]();
    const startedAt = performance.now();
    const answer = await ask();
    expect(answer).toEqual({ database: false, collector: true, controller: true });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await relay.restore();
    await waitFor(async () => (await ask()).database, { what: "the database to be there again" });
  },
);
