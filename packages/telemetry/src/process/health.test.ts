import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { release } from "@weir/domain/release";
import { afterEach, expect, test } from "vitest";
import { createHealthHandler, type Readiness } from "./health.ts";
import { Counter, createRegistry } from "./registry.ts";

let server: Server | undefined;
afterEach(() => server?.close());

async function serve(readiness: () => Readiness): Promise<string> {
  const registry = createRegistry("tested");
  new Counter({ name: "made_total", help: "Made.", registers: [registry] }).inc(3);
  const health = createHealthHandler({ registry, readiness });
  server = createServer((request, response) => {
    if (!health(request, response)) response.writeHead(418).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each`
  method    | path                 | status | body
  ${"GET"}  | ${"/healthz"}        | ${200} | ${/^ok\n$/}
  ${"HEAD"} | ${"/healthz"}        | ${200} | ${/^$/}
  ${"GET"}  | ${"/healthz?from=x"} | ${200} | ${/^ok\n$/}
  ${"GET"}  | ${"/readyz"}         | ${200} | ${/^ready\n$/}
  ${"GET"}  | ${"/metrics"}        | ${200} | ${/^made_total 3$/m}
  ${"POST"} | ${"/readyz"}         | ${405} | ${/POST is not allowed here; use GET/}
  ${"GET"}  | ${"/elsewhere"}      | ${418} | ${/^$/}
`("$method $path -> $status", async ({ method, path, status, body }) => {
  const base = await serve(() => ({ ready: true }));
  const response = await fetch(base + path, { method });
  expect(response.status).toBe(status);
  expect(await response.text()).toMatch(body);
  expect(response.headers.get("weir-release")).toBe(status === 418 ? null : release);
});

test("metrics name the process they are of", async () => {
  const base = await serve(() => ({ ready: true }));
  const text = await (await fetch(`${base}/metrics`)).text();
  expect(text).toContain('weir_process_info{process="tested"} 1');
  expect(text).toContain("process_resident_memory_bytes");
});

test("not ready says why", async () => {
  const base = await serve(() => ({ ready: false, reason: "no database" }));
  const response = await fetch(`${base}/readyz`);
  expect([response.status, await response.text()]).toEqual([503, "not ready: no database\n"]);
});

test("a readiness check that fails is an error, not an endless wait", async () => {
  const base = await serve(() => {
    throw new Error("broken check");
  });
  const response = await fetch(`${base}/readyz`);
  expect([response.status, await response.text()]).toEqual([500, "broken check\n"]);
});
