import { expect, test } from "vitest";
import { startPolicyMesh } from "./testing/policy-mesh.ts";

/** A route of one rule. */
const route = (rule: Record<string, unknown>) => ({ kind: "route", name: "r", rules: [rule] });

const toV2 = [{ version: "v2", weight: 100 }];
const get = "GET /shop/a?b=1 HTTP/1.1\r\n";

test.each`
  rule                                                                                                                       | enforced                                                           | verdict
  ${{ backends: toV2 }}                                                                                                      | ${/^HTTP\/1\.1 200 .*v2$/s}                                        | ${"version=v2"}
  ${{ match: [{ path: { exact: "/shop/a" } }], backends: toV2 }}                                                             | ${/v2$/}                                                           | ${"version=v2"}
  ${{ match: [{ path: { regex: "/s.*a" } }], backends: toV2 }}                                                               | ${/v2$/}                                                           | ${"version=v2"}
  ${{ match: [{ query: [{ name: "b", exact: "1" }] }], backends: toV2 }}                                                     | ${/v2$/}                                                           | ${"version=v2"}
  ${{ match: [{ method: "POST" }], backends: toV2 }}                                                                         | ${/v1$/}                                                           | ${""}
  ${{ redirect: { host: "other.example", path: { full: "/x" } } }}                                                           | ${/ 302 Found\r\n.*location: http:\/\/other.example\/x\?b=1\r\n/s} | ${"redirect=302"}
  ${{ match: [{ path: { prefix: "/shop" } }], redirect: { path: { full: "/new" }, status: 308 } }}                           | ${/ 308 .*location: \/new\?b=1\r\n/s}                              | ${"redirect=308"}
  ${{ match: [{ path: { prefix: "/shop" } }], redirect: { path: { prefix: "/s2" } } }}                                       | ${/location: \/s2\/a\?b=1\r\n/}                                    | ${"redirect=302"}
  ${{ fault: { abort: { status: 418, percent: 100 } } }}                                                                     | ${/^HTTP\/1\.1 418 .*flag: FI\r\n/s}                               | ${"abort=418"}
  ${{ fault: { abort: { status: 418, percent: 100 }, whenHeader: "x-fault" } }}                                              | ${/v1$/}                                                           | ${"unchanged"}
  ${{ responseHeaders: { set: [{ name: "X-Set", value: "a" }], add: [{ name: "X-Add", value: "b" }], remove: ["x-gone"] } }} | ${/X-Set: a\r\nX-Add: b\r\n/}                                      | ${"headers"}
`("a route that says $rule", async ({ rule, enforced, verdict }) => {
  const acts = verdict !== "" && verdict !== "unchanged";
  const enforce = await startPolicyMesh({ mode: "enforce", policies: [route(rule)] });
  expect((await enforce.ask(get)).text).toMatch(enforced);
  expect(await enforce.decisions(1)).toEqual([verdict === "" ? [] : [`r ${verdict}${acts ? "!" : ""}`]]);
  const observe = await startPolicyMesh({ mode: "observe", policies: [route(rule)] });
  expect((await observe.ask(get)).text).toBe(
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nv1",
  );
  expect(await observe.decisions(1)).toEqual([verdict === "" ? [] : [`r ${verdict}`]]);
});

test.each`
  rule                                                                              | sent                                | why
  ${{ rewrite: { path: { full: "/new" } } }}                                        | ${/^GET \/new\?b=1 HTTP\/1\.1\r\n/} | ${"a whole path keeps the query"}
  ${{ match: [{ path: { prefix: "/shop" } }], rewrite: { path: { prefix: "/" } } }} | ${/^GET \/a\?b=1 HTTP\/1\.1\r\n/}   | ${"a prefix"}
  ${{ rewrite: { host: "inner.example" } }}                                         | ${/\r\nHost: inner\.example\r\n/}   | ${"the host"}
  ${{ requestHeaders: { set: [{ name: "X-A", value: "2" }] } }}                     | ${/\r\nX-A: 2\r\n(?!.*X-A)/s}       | ${"a header is replaced"}
  ${{ requestHeaders: { add: [{ name: "X-A", value: "2" }] } }}                     | ${/X-A: 1\r\n.*X-A: 2\r\n/s}        | ${"a header is added to"}
  ${{ requestHeaders: { remove: ["X-a"] } }}                                        | ${/^(?!.*X-A)/s}                    | ${"a header is taken off"}
`("enforced, the upstream gets $why; in observe what was sent", async ({ rule, sent }) => {
  const head = `${get}X-A: 1\r\n`;
  const enforce = await startPolicyMesh({ mode: "enforce", policies: [route(rule)] });
  expect((await enforce.ask(head)).status).toBe(200);
  expect(enforce.v1.received[0]).toMatch(sent);
  const observe = await startPolicyMesh({ mode: "observe", policies: [route(rule)] });
  await observe.ask(head);
  expect(observe.v1.received[0]).toMatch(/^GET \/shop\/a\?b=1 HTTP\/1\.1\r\nX-A: 1\r\nHost: backend\r\n/);
});

test("a delay holds the request back and is flagged, and its abort comes after it", async () => {
  const delay = { ms: 60, percent: 100 };
  const delayed = await startPolicyMesh({ mode: "enforce", policies: [route({ fault: { delay } })] });
  const before = performance.now();
  expect((await delayed.ask("POST / HTTP/1.1\r\nContent-Length: 4\r\n", "\r\n\r\n")).text).toMatch(/v1$/);
  expect(performance.now() - before).toBeGreaterThanOrEqual(55);
  expect(await delayed.flags(1)).toEqual(["DI"]);
  const fault = { delay, abort: { status: 500, percent: 100 } };
  const aborted = await startPolicyMesh({ mode: "enforce", policies: [route({ fault })] });
  const then = performance.now();
  expect((await aborted.ask()).flag).toBe("FI");
  expect(performance.now() - then).toBeGreaterThanOrEqual(55);
  expect(aborted.v1.received).toEqual([]);
});

test("a call of gRPC is aborted with a status of gRPC's", async () => {
  const fault = { abort: { grpcStatus: 8, percent: 100 } };
  const mesh = await startPolicyMesh({ mode: "enforce", policies: [route({ fault })] });
  const { status, text } = await mesh.ask("POST /a.B/C HTTP/1.1\r\nContent-Type: application/grpc\r\n");
  expect([status, /grpc-status: (\d+)/.exec(text)?.[1]]).toEqual([200, "8"]);
});
