import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Policy } from "@weir/domain";
import { release, releaseHeader } from "@weir/domain/release";
import { openSql } from "@weir/store";
import { freePort } from "@weir/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ConsoleForTest, consoleForTest } from "../testing/console-for-test.ts";
import { answer } from "./serve.ts";
import { status } from "./status.ts";
import { describes } from "./testing/described-as.ts";

/** Stands where the collector and the controller are looked for, and is ready. */
const ready = createServer((request, response) => {
  response.writeHead(request.url === "/readyz" ? 200 : 404, { [releaseHeader]: release }).end();
});
let mesh: ConsoleForTest;
beforeAll(async () => {
  ready.listen(0, "127.0.0.1");
  await once(ready, "listening");
  mesh = await consoleForTest();
  await mesh.config.registerSidecar(
    {
      proxyId: "p1",
      workload: { namespace: "shop", service: "payments", version: "v1" },
      inboundAddress: "127.0.0.1:17000",
      release,
    },
    { controllerId: "test", leaseMs: 600_000 },
  );
  await mesh.config.putPolicy(
    Policy.parse({
      ...{ kind: "canary", name: "payments-canary", namespace: "shop", targetRef: "payments" },
      backends: [{ version: "v1", weight: 100 }],
    }),
    { author: "ada" },
  );
});
afterAll(async () => {
  ready.close();
  await mesh.close();
});

async function ask(over: Partial<ConsoleForTest["context"]> = {}) {
  const url = `http://127.0.0.1:${(ready.address() as AddressInfo).port}`;
  const settings = { ...mesh.context.settings, collectorUrl: url, controllerUrl: url };
  const request = new Request("http://localhost:3000/api/v1/status");
  const response = await answer(status, request, {}, { ...mesh.context, settings, ...over });
  const body = await response.json();
  expect(response.status).toBe(200);
  expect(describes(status, 200, body)).toBe("as described");
  return body;
}

const checkOf = (body: { checks: { id: string }[] }, id: string) => body.checks.find((one) => one.id === id);

test("all that is there, with what is to be done", async () => {
  const body = await ask();
  expect(body).toMatchObject({
    ...{ state: "failed", away: [], mesh: { mode: "observe", hold: false, services: 1, policies: 1 } },
    policies: [
      { id: "shop/payments-canary", kind: "canary", target: "payments", mode: "observe", changedBy: "ada" },
    ],
    sidecars: [{ id: "p1", service: "shop/payments", version: "v1", release, state: "current", runs: null }],
    telemetry: { newestAt: null, lagSeconds: null },
  });
  expect(body.processes).toContainEqual({ name: "controller", ready: true, release });
  expect(checkOf(body, "database.migrated")).toMatchObject({ state: "ok", hint: null });
  expect(checkOf(body, "database.partitions")).toMatchObject({ state: "failed", hint: expect.any(String) });
  expect(checkOf(body, "services.traffic")).toMatchObject({ state: "warning" });
});

test("what is away is told, and what cannot be known then", async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const sql = openSql(`postgres://weir:secret@127.0.0.1:${await freePort()}/weir`, {
    applicationName: "test",
  });
  const settings = { ...mesh.context.settings, collectorUrl: url, controllerUrl: url };
  const body = await ask({ sql, settings });
  await sql.end({ timeout: 1 });
  expect(body).toMatchObject({
    ...{ state: "failed", away: ["collector", "controller", "database"] },
    ...{ mesh: null, policies: null, sidecars: null, telemetry: null },
  });
  expect(checkOf(body, "services.traffic")).toMatchObject({ state: "unknown" });
  expect(JSON.stringify(body)).not.toContain("secret");
});
