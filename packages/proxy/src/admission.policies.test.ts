import { rawHttp } from "@weir/testkit/sockets";
import { expect, test } from "vitest";
import { startPolicyMesh } from "./testing/policy-mesh.ts";
import { ok, startFixedServer } from "./testing/raw-server.ts";
import { service, startTestSidecar } from "./testing/start-test-sidecar.ts";

const authorization = (action: string, ...rules: Record<string, unknown>[]) => ({
  kind: "authorization",
  name: "a",
  targetRef: "backend",
  action,
  rules,
});
const limit = (more: Record<string, unknown> = {}) => ({
  kind: "rateLimit",
  name: "l",
  targetRef: "backend",
  maxTokens: 2,
  tokensPerFill: 1,
  fillIntervalMs: 3_600_000,
  ...more,
});

/** The destination's sidecar, and that of a caller in front of it. */
async function startBoth(mode: string, policies: readonly Record<string, unknown>[]) {
  const app = await startFixedServer(ok("x"));
  const workload = { namespace: "shop", service: "backend", version: "v1" };
  const own = { name: "backend", endpoints: [] };
  const destination = await startTestSidecar({
    mode,
    app: app.port,
    workload,
    outbound: undefined,
    services: [own],
    policies,
  });
  const caller = await startTestSidecar({ services: [service("backend", { v1: destination.inboundPort })] });
  return { app, destination, caller };
}

const get = (path = "/", more = "") =>
  `GET ${path} HTTP/1.1\r\nHost: backend\r\n${more}Connection: close\r\n\r\n`;

test.each`
  policy                                                           | path          | status | why
  ${authorization("deny", {})}                                     | ${"/"}        | ${403} | ${"an empty rule denies all"}
  ${authorization("deny", { to: [{ paths: ["/admin*"] }] })}       | ${"/admin/a"} | ${403} | ${"the path is denied"}
  ${authorization("deny", { to: [{ paths: ["/admin*"] }] })}       | ${"/"}        | ${200} | ${"another path"}
  ${authorization("allow", { from: [{ services: ["web"] }] })}     | ${"/"}        | ${200} | ${"the caller's service is allowed"}
  ${authorization("allow", { from: [{ services: ["other"] }] })}   | ${"/"}        | ${403} | ${"another service is allowed"}
  ${authorization("allow", { from: [{ namespaces: ["shop"] }] })}  | ${"/"}        | ${200} | ${"the caller's namespace is allowed"}
  ${authorization("allow", { from: [{ ips: ["127.0.0.0/8"] }] })}  | ${"/"}        | ${200} | ${"the caller's address is allowed"}
  ${authorization("allow", { from: [{ ips: ["192.0.2.0/24"] }] })} | ${"/"}        | ${403} | ${"another address is allowed"}
  ${authorization("allow")}                                        | ${"/"}        | ${403} | ${"no rule allows anybody"}
  ${authorization("audit", {})}                                    | ${"/"}        | ${200} | ${"audit changes nothing"}
`("in the destination's sidecar, $why: $status", async ({ policy, path, status }) => {
  const { app, caller } = await startBoth("enforce", [policy]);
  const answer = await rawHttp(caller.outboundPort, get(path));
  expect(answer.status).toBe(status);
  if (status === 403) expect(answer.text).toContain("x-weir-response-flag: RBAC\r\n");
  expect(app.received).toHaveLength(status === 200 ? 1 : 0);
  const observed = await startBoth("observe", [policy]);
  expect((await rawHttp(observed.caller.outboundPort, get(path))).status).toBe(200);
});

test("a caller cannot pass itself off as another through its sidecar, and is outside without one", async () => {
  const policy = authorization("allow", { from: [{ services: ["other"] }] });
  const { caller, destination } = await startBoth("enforce", [policy]);
  const claim =
    "x-weir-source-service: other\r\nx-weir-source-namespace: shop\r\nx-weir-source-version: v1\r\n";
  expect((await rawHttp(caller.outboundPort, get("/", claim))).status).toBe(403);
  expect((await rawHttp(destination.inboundPort, get())).status).toBe(403);
});

test.each`
  policy                                                                                                                          | paths                     | statuses
  ${limit()}                                                                                                                      | ${["/", "/", "/", "/"]}   | ${[200, 200, 429, 429]}
  ${limit({ overrides: [{ match: { path: { exact: "/a" } }, maxTokens: 1, tokensPerFill: 1, fillIntervalMs: 3_600_000 }] })}      | ${["/a", "/a", "/", "/"]} | ${[200, 429, 200, 200]}
  ${limit({ overrides: [{ match: { source: { service: "web" } }, maxTokens: 1, tokensPerFill: 1, fillIntervalMs: 3_600_000 }] })} | ${["/", "/"]}             | ${[200, 429]}
`("a rate limit answers $paths with $statuses", async ({ policy, paths, statuses }) => {
  const { caller } = await startBoth("enforce", [policy]);
  const got: number[] = [];
  for (const path of paths) got.push((await rawHttp(caller.outboundPort, get(path))).status);
  expect(got).toEqual(statuses);
  const observed = await startBoth("observe", [policy]);
  for (const path of paths) expect((await rawHttp(observed.caller.outboundPort, get(path))).status).toBe(200);
});

test("a refused request leaves its caller's connection in order", async () => {
  const { caller, app } = await startBoth("enforce", [limit({ maxTokens: 1 })]);
  const keep = "POST / HTTP/1.1\r\nHost: backend\r\nContent-Length: 0\r\n\r\n";
  const { text } = await rawHttp(caller.outboundPort, keep + keep + get());
  expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(["200", "429", "429"]);
  expect(app.received).toHaveLength(1);
});

test("where the endpoints have no sidecar, the caller's judges", async () => {
  const enforced = await startPolicyMesh({ mode: "enforce", policies: [authorization("deny", {})] });
  expect(await enforced.ask()).toMatchObject({ status: 403, flag: "RBAC" });
  expect(await enforced.decisions(1)).toEqual([["a deny!"]]);
  const limited = await startPolicyMesh({ mode: "enforce", policies: [limit({ maxTokens: 1 })] });
  expect((await limited.ask()).status).toBe(200);
  expect(await limited.ask()).toMatchObject({ status: 429, flag: "RL" });
  expect(await limited.decisions(2)).toEqual([["l allow"], ["l limit!"]]);
});

test("a call of gRPC is refused in gRPC's words", async () => {
  const { caller } = await startBoth("enforce", [authorization("deny", {})]);
  const { status, text } = await rawHttp(caller.outboundPort, get("/", "Content-Type: application/grpc\r\n"));
  expect([status, /^grpc-status: (\d+)/m.exec(text)?.[1]]).toEqual([200, "7"]);
});
