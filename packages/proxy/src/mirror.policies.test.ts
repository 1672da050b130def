import { freePort, waitFor } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { named, type PolicyMesh, startPolicyMesh } from "./testing/policy-mesh.ts";
import { connectRaw } from "./testing/raw-client.ts";
import { ok, startFixedServer, startRawServer } from "./testing/raw-server.ts";
import { service } from "./testing/start-test-sidecar.ts";

const mirror = (more: Record<string, unknown> = {}) => ({
  kind: "route",
  name: "m",
  rules: [{ mirror: { version: "v2" }, ...more }],
});

const outcome = ({ sidecar }: PolicyMesh, text: string) =>
  waitFor(async () => (await sidecar.page("/metrics")).includes(`version="v2",outcome="${text}"} 1`), {
    what: `the copy to be ${text}`,
  });

test("the version mirrored to gets what the stable one gets, for a host of its own, and nobody its answer", async () => {
  const mesh = await startPolicyMesh({ mode: "enforce", policies: [mirror()], v2: () => ok("thrown away") });
  const { text } = await mesh.ask("GET /a?b HTTP/1.1\r\nX-A: 1\r\n");
  expect(text).toMatch(/v1$/);
  await outcome(mesh, "answered");
  expect(mesh.v2.received[0]).toBe(mesh.v1.received[0]?.replace("Host: backend", "Host: backend-shadow"));
  expect(await mesh.decisions(1)).toEqual([["m mirror=v2!"]]);
  // It is no request of an edge.
  expect(await mesh.sidecar.page("/metrics")).not.toMatch(/weir_proxy_requests_total\{[^}]*version="v2"/);
});

test("a body is copied, its trailers too, and both get it whole", async () => {
  const whole = (text: string) => (text.endsWith("T: 1\r\n\r\n") ? ok("got") : undefined);
  const mesh = await startPolicyMesh({ mode: "enforce", policies: [mirror()], v1: whole, v2: whole });
  const client = await connectRaw(mesh.sidecar.outboundPort);
  client.send("POST / HTTP/1.1\r\nHost: backend:80\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
  await waitFor(() => mesh.v1.received[0]?.includes("abc"), { what: "the first chunk to pass" });
  expect(mesh.v2.received).toEqual([]);
  client.send("2\r\nde\r\n0\r\nT: 1\r\n\r\n");
  await client.until(/got$/);
  await outcome(mesh, "answered");
  const body = "3\r\nabc\r\n2\r\nde\r\n0\r\nT: 1\r\n\r\n";
  for (const { received } of [mesh.v1, mesh.v2]) expect(received[0]?.endsWith(`\r\n\r\n${body}`)).toBe(true);
  expect(mesh.v2.received[0]).toContain("\r\nHost: backend-shadow:80\r\n");
});

test("in observe nothing is copied", async () => {
  const mesh = await startPolicyMesh({ mode: "observe", policies: [mirror()] });
  await mesh.ask();
  expect(await mesh.decisions(1)).toEqual([["m mirror=v2"]]);
  expect(mesh.v2.received).toEqual([]);
});

test("a copy that fails, hangs or cannot be made does nothing to the request", async () => {
  const none = [service("backend", { v1: 1, v2: await freePort() })];
  const silent = await startPolicyMesh({ mode: "enforce", policies: [mirror()], v2: () => undefined });
  expect((await silent.ask()).text).toMatch(/v1$/);
  await waitFor(() => silent.v2.received.length > 0, { what: "the copy" });
  const services = [
    { ...none[0], endpoints: [...silentEndpoints(silent), ...(none[0]?.endpoints.slice(1) ?? [])] },
  ];
  const refused = await startPolicyMesh({ mode: "enforce", policies: [mirror()], config: { services } });
  expect((await refused.ask()).text).toMatch(/v1$/);
  await outcome(refused, "failed");
});

function silentEndpoints({ v1 }: PolicyMesh) {
  return [{ address: `127.0.0.1:${v1.port}`, version: "v1" }];
}

test("a body beyond 64 KiB passes and is not copied", async () => {
  const body = "x".repeat(200_000);
  const mesh = await startPolicyMesh({
    mode: "enforce",
    policies: [mirror()],
    v1: (text) => (text.endsWith(body) ? ok("got") : undefined),
  });
  const { text } = await mesh.ask(`POST / HTTP/1.1\r\nContent-Length: ${body.length}\r\n`, body);
  expect(text).toMatch(/got$/);
  await outcome(mesh, "too-long");
  expect(mesh.v2.received).toEqual([]);
});

test("more copies than may be under way are counted, and their requests served", async () => {
  const v1 = await startFixedServer(ok("x"));
  const v2 = await startRawServer(() => undefined);
  const config = { services: [service("backend", { v1: v1.port, v2: v2.port })] };
  const mesh = await startPolicyMesh({ mode: "enforce", policies: [mirror()], config });
  const client = await connectRaw(mesh.sidecar.outboundPort);
  client.send("GET / HTTP/1.1\r\nHost: backend\r\n\r\n".repeat(130));
  await waitFor(() => client.text.split("HTTP/1.1 200").length === 131, { what: "all answers" });
  await waitFor(async () => (await mesh.sidecar.page("/metrics")).includes('outcome="too-many"} 2'), {
    what: "two copies too many",
  });
});

test("a copy has what header edits and retries leave alone", async () => {
  const mesh = await startPolicyMesh({
    mode: "enforce",
    policies: [
      mirror({
        requestHeaders: { set: [{ name: "X-Edited", value: "1" }] },
        retry: { on: ["5xx"], attempts: 1, backOff: { baseMs: 1 } },
        timeoutMs: 5_000,
      }),
    ],
    v1: (text, connection) =>
      text.endsWith("body")
        ? connection === 0
          ? "HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n"
          : ok("v1")
        : undefined,
    v2: (text) => (text.endsWith("body") ? ok("v2") : named("v2")("")),
  });
  const { text } = await mesh.ask("PUT / HTTP/1.1\r\nContent-Length: 4\r\n", "body");
  expect(text).toMatch(/v1$/);
  await outcome(mesh, "answered");
  expect(mesh.v1.received).toHaveLength(2);
  expect(mesh.v2.received).toHaveLength(1);
  expect(mesh.v2.received[0]).toMatch(/\r\nX-Edited: 1\r\n[\s\S]*body$/);
});
