import { expect, test } from "vitest";
import { Policy } from "../policy/policy.ts";
import { type AnsweredRequest, replayPolicy } from "./policy-replay.ts";

const stored: AnsweredRequest = {
  ...{ source: { namespace: "shop", service: "web" }, protocol: "http", method: "GET", host: "payments" },
  ...{ path: "/pay", status: 200, flag: "", sent: true, version: "v1" },
};
const replay = (spec: object, sidecars = 1) =>
  replayPolicy(Policy.parse({ name: "draft", namespace: "shop", targetRef: "payments", ...spec }), {
    ...{ service: "payments", stableVersion: "v1" },
    sidecarsOf: () => sidecars,
    random: () => 0.95,
  });
const route = (...rules: object[]) => ({ kind: "route", rules });
const v2 = { backends: [{ version: "v2", weight: 100 }] };
const v1 = { backends: [{ version: "v1", weight: 100 }] };
const beta = { headers: [{ name: "X-Beta", present: true }] };
const deny = (to: object) => ({ kind: "authorization", action: "deny", rules: [{ to: [to] }] });
const halves = {
  backends: [
    { version: "v1", weight: 90 },
    { version: "v2", weight: 10 },
  ],
};

test.each`
  spec                                                                                            | request                         | effect         | verdict                    | bound
  ${route({ match: [{ path: { exact: "/pay" } }], ...v2 })}                                       | ${{}}                           | ${"rerouted"}  | ${"version=v2"}            | ${"exact"}
  ${route({ match: [{ headers: [{ name: "X-User", present: true }] }], ...v2 })}                  | ${{}}                           | ${"uncertain"} | ${"header x-user"}         | ${"exact"}
  ${route({ match: [{ path: { exact: "/x" }, headers: [{ name: "a", exact: "1" }] }], ...v2 })}   | ${{}}                           | ${"unchanged"} | ${""}                      | ${"exact"}
  ${route({ match: [{ query: [{ name: "q", exact: "1" }] }], ...v2 })}                            | ${{}}                           | ${"uncertain"} | ${"query"}                 | ${"exact"}
  ${route({ match: [{ headers: [{ name: "a", exact: "1" }] }], ...v2 })}                          | ${{ protocol: "tcp" }}          | ${"unchanged"} | ${""}                      | ${"exact"}
  ${route({ match: [{ method: "PURGE" }], ...v2 })}                                               | ${{ method: "_OTHER" }}         | ${"uncertain"} | ${"method"}                | ${"exact"}
  ${route(halves)}                                                                                | ${{}}                           | ${"rerouted"}  | ${"version=v2"}            | ${"byChance"}
  ${route({ mirror: { version: "v2" } })}                                                         | ${{}}                           | ${"mirrored"}  | ${"mirror=v2"}             | ${"exact"}
  ${route({ rewrite: { host: "b" } })}                                                            | ${{}}                           | ${"edited"}    | ${"rewrite"}               | ${"exact"}
  ${route({ fault: { delay: { ms: 5 } } })}                                                       | ${{}}                           | ${"faulted"}   | ${"delay=5ms"}             | ${"exact"}
  ${route({ timeoutMs: 9 })}                                                                      | ${{}}                           | ${"timedOut"}  | ${"timeout=9ms"}           | ${"atMost"}
  ${route({ timeoutMs: 20 })}                                                                     | ${{}}                           | ${"unchanged"} | ${""}                      | ${"exact"}
  ${route({ retry: { on: ["5xx"], attempts: 2 } })}                                               | ${{ status: 503 }}              | ${"retried"}   | ${"retry"}                 | ${"atLeast"}
  ${route({ retry: { on: ["5xx"], attempts: 2, perTryTimeoutMs: 9 } })}                           | ${{}}                           | ${"retried"}   | ${"retry"}                 | ${"about"}
  ${route({ retry: { on: ["connect-failure"], attempts: 2 } })}                                   | ${{ flag: "UF", sent: false }}  | ${"retried"}   | ${"retry"}                 | ${"atLeast"}
  ${route({ retry: { on: ["5xx"], attempts: 2 } })}                                               | ${{ status: 503, sent: false }} | ${"unchanged"} | ${""}                      | ${"exact"}
  ${route({ retry: { on: ["unavailable"], attempts: 2 } })}                                       | ${{ protocol: "grpc" }}         | ${"uncertain"} | ${"gRPC status"}           | ${"exact"}
  ${{ kind: "canary", ...halves, sticky: { cookie: "session" } }}                                 | ${{}}                           | ${"rerouted"}  | ${"version=v2"}            | ${"byChance"}
  ${{ kind: "canary", ...halves, sticky: { cookie: "session", maxAgeS: 60 } }}                    | ${{}}                           | ${"rerouted"}  | ${"version=v2"}            | ${"byChance"}
  ${{ kind: "canary", ...v1, pins: [{ match: [{ path: { prefix: "/pay" } }], version: "v2" }] }}  | ${{}}                           | ${"rerouted"}  | ${"version=v2"}            | ${"exact"}
  ${{ kind: "canary", ...v1, pins: [{ match: [{ path: { prefix: "/a" } }], version: "v2" }] }}    | ${{}}                           | ${"unchanged"} | ${""}                      | ${"exact"}
  ${{ kind: "canary", ...v1, pins: [{ match: [beta], version: "v2" }], sticky: { cookie: "a" } }} | ${{}}                           | ${"uncertain"} | ${"header x-beta"}         | ${"exact"}
  ${{ kind: "canary", ...v1, mirror: { version: "v2" } }}                                         | ${{}}                           | ${"mirrored"}  | ${"version=v1, mirror=v2"} | ${"exact"}
  ${deny({ methods: ["GET"] })}                                                                   | ${{}}                           | ${"denied"}    | ${"deny"}                  | ${"exact"}
  ${deny({ methods: ["PUT"], headers: [{ name: "a", exact: "1" }] })}                             | ${{}}                           | ${"unchanged"} | ${""}                      | ${"exact"}
  ${{ kind: "authorization", rules: [{ from: [{ ips: ["10.0.0.0/8"] }] }] }}                      | ${{}}                           | ${"uncertain"} | ${"caller's address"}      | ${"exact"}
  ${{ kind: "circuitBreaker", maxRequests: 1 }}                                                   | ${{}}                           | ${"uncertain"} | ${/under way/}             | ${"exact"}
`("$spec on $request: $effect, $bound", ({ spec, request, effect, verdict, bound }) => {
  const judged = replay(spec).judge({ ...stored, ...request }, 1_900_000_000_000, 10);
  expect(judged).toEqual({ effect, bound, verdict: expect.stringMatching(verdict) });
  if (typeof verdict === "string") expect(judged.verdict).toBe(verdict);
});

test("what is said of one request says nothing of the next", () => {
  const judge = replay(route({ match: [{ method: "GET", headers: [{ name: "a", exact: "1" }] }], ...v2 }));
  expect(judge.judgeAlike(stored)?.effect).toBe("uncertain");
  expect(judge.judgeAlike({ ...stored, method: "POST" })?.effect).toBe("unchanged");
});

test("each sidecar has a bucket of its own", () => {
  const limit = { kind: "rateLimit", maxTokens: 2, tokensPerFill: 1, fillIntervalMs: 60_000 };
  const passed = (sidecars: number) => {
    const limited = replay(limit, sidecars);
    return Array.from({ length: 20 }, () => limited.judge(stored, 1_900_000_000_000, 1)).filter(
      ({ effect }) => effect === "unchanged",
    ).length;
  };
  expect([1, 2, 3].map(passed)).toEqual([2, 4, 6]);
});
