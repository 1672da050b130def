import { readFileSync } from "node:fs";
import { policyKinds } from "@weir/domain";
import { expect, test } from "vitest";
import { SnapshotParser } from "../control/parse-snapshot.ts";
import { generatedSchemas } from "./generated-schemas.ts";
import { resolveConfig, resolveYaml } from "./resolve-config.ts";

const whole = `
workload: { service: web, namespace: shop, version: v1 }
mode: observe
outbound: { listen: 127.0.0.1:15001 }
inbound:  { listen: 0.0.0.0:15006, app: 127.0.0.1:8080 }
admin:    { listen: 127.0.0.1:15090 }
telemetry: { otlp: "http://127.0.0.1:4318", traceSampling: 0.01 }
controller: "http://127.0.0.1:4600"
stateDir: /var/lib/weir
zone: a
services:
  - name: backend
    hosts: [backend, backend.shop]
    protocol: http
    endpoints: [{ address: "127.0.0.1:9000", version: v1 }, { address: "127.0.0.1:9001", version: v2 }]
policies:
  - kind: route
    name: backend-split
    targetRef: backend
    rules:
      - match: [{ headers: [{ name: x-user-type, exact: beta-tester }] }]
        backends: [{ version: v2, weight: 100 }]
      - backends: [{ version: v1, weight: 90 }, { version: v2, weight: 10 }]
`;

test("the file of the design is understood whole, and makes a snapshot", () => {
  const { config, snapshot } = resolveYaml(whole, "sidecar.yaml");
  expect(config.telemetry).toEqual({
    otlp: "http://127.0.0.1:4318",
    traceSampling: 0.01,
    accessLogSampling: 1,
  });
  expect(config.additions).toEqual({ identity: true, traceContext: true, forwardingHeaders: true });
  const [backend] = snapshot.content.services;
  expect(backend).toMatchObject({ namespace: "shop", name: "backend", mode: "observe", stableVersion: "v1" });
  expect(backend?.hosts).toContain("backend.shop.svc.cluster.local");
  expect(backend?.policies).toMatchObject([{ name: "backend-split", mode: "observe", revision: 1 }]);
  expect(new SnapshotParser().parse(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
});

const everyKind = `
workload: { service: web, namespace: shop, version: v1 }
outbound: { listen: 127.0.0.1:0 }
services:
  - name: backend
    endpoints: [{ address: "127.0.0.1:9000", version: v1 }, { address: "127.0.0.1:9001", version: v2 }]
  - name: web
policies:
  - kind: route
    name: rules
    targetRef: backend
    rules:
      - name: old
        match: [{ path: { prefix: /old }, method: GET, query: [{ name: q, regex: "[a-z]+" }] }]
        redirect: { path: { prefix: /new }, status: 308 }
      - match: [{ path: { regex: "/v[0-9]+/.*" } }, { headers: [{ name: x-beta, regex: "yes|no" }] }]
        requestHeaders: { set: [{ name: x-a, value: "1" }], add: [{ name: x-b, value: "2" }], remove: [x-c] }
        responseHeaders: { remove: [server] }
        rewrite: { host: other.example, path: { full: /all } }
        mirror: { version: v2, percent: 2.5 }
        timeoutMs: 1000
        retry: { on: [5xx, reset, 429], attempts: 2, perTryTimeoutMs: 300, backOff: { baseMs: 10 }, budget: { percent: 10 } }
        fault: { delay: { ms: 100, percent: 1 }, abort: { grpcStatus: 14, percent: 0.1 }, whenHeader: x-chaos }
  - { kind: canary, name: split, targetRef: backend, sticky: { cookie: user }, backends: [{ version: v1, weight: 90 }, { version: v2, weight: 10 }] }
  - { kind: circuitBreaker, name: limits, targetRef: backend, maxRequests: 10 }
  - { kind: outlierDetection, name: outliers, targetRef: backend, consecutive5xx: 3, successRate: { stdevFactor: 2.5 }, failurePercentage: {} }
  - { kind: loadBalancer, name: hashing, targetRef: backend, algorithm: maglev, hashOn: { cookie: user } }
  - kind: rateLimit
    name: quota
    targetRef: web
    maxTokens: 10
    tokensPerFill: 5
    fillIntervalMs: 1000
    overrides: [{ match: { source: { service: backend }, header: { name: x-plan, exact: gold }, path: { prefix: /a } }, maxTokens: 100, tokensPerFill: 100, fillIntervalMs: 50 }]
  - { kind: authorization, name: gate, targetRef: web, action: deny, mode: enforce, rules: [{ from: [{ ips: [10.0.0.0/8] }], to: [{ paths: ["/admin*"], ports: [80] }] }] }
`;

test("every kind of policy can stand in a file, and reaches the sidecar as it is", () => {
  const { config, snapshot } = resolveYaml(everyKind, "sidecar.yaml");
  expect(new SnapshotParser().parse(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
  const [backend, web] = snapshot.content.services;
  const policies = [...(backend?.policies ?? []), ...(web?.policies ?? [])];
  expect(policies.map(({ kind }) => kind).sort()).toEqual([...policyKinds].sort());
  for (const policy of config.policies)
    expect(policies.find(({ name }) => name === policy.name)).toMatchObject({ ...policy, namespace: "shop" });
  expect([backend?.admission, web?.admission]).toEqual(["caller", undefined]);
});

const least = {
  workload: { service: "web", namespace: "shop", version: "v1" },
  outbound: { listen: "127.0.0.1:0" },
};
const services = [{ name: "backend", endpoints: [{ address: "127.0.0.1:1", version: "v1" }] }];
const canary = (targetRef: string, version: string, weight: number) => ({
  ...least,
  services,
  policies: [{ kind: "canary", name: "c", targetRef, backends: [{ version, weight }] }],
});

test.each`
  config                                                               | message
  ${{ ...least, outbound: undefined }}                                 | ${/needs outbound, inbound, or both/}
  ${{ ...least, workload: { service: "web" } }}                        | ${/workload\.namespace/}
  ${{ ...least, polices: [] }}                                         | ${/polices: is not known here/}
  ${{ ...least, outbound: { listen: "127.0.0.1:0", port: 1 } }}        | ${/outbound\.port: is not known here/}
  ${{ ...least, outbound: { listen: "15001" } }}                       | ${/outbound\.listen: must be host:port/}
  ${{ ...least, outbound: { listen: "127.0.0.1:70000" } }}             | ${/outbound\.listen: must be host:port/}
  ${{ ...least, mode: "enforced" }}                                    | ${/mode/}
  ${{ ...least, telemetry: { otlp: "127.0.0.1:4318" } }}               | ${/telemetry\.otlp: must be a URL/}
  ${{ ...least, telemetry: { otlp: "http://a", traceSampling: 25 } }}  | ${/telemetry\.traceSampling: must be 1 or less/}
  ${{ ...least, controller: "http://a/v1/stream" }}                    | ${/controller: must be a URL without a path/}
  ${canary("nowhere", "v1", 100)}                                      | ${/policies\[0\]\.targetRef: no service nowhere in namespace shop; it has backend/}
  ${canary("backend", "v9", 100)}                                      | ${/policies\[0\]\.backends\[0\]\.version: backend has no version v9/}
  ${canary("backend", "v1", 90)}                                       | ${/policies\[0\]\.backends: weights must sum to 100, these sum to 90/}
  ${{ ...least, services, policies: [{ kind: "mirror", name: "m" }] }} | ${/unknown kind of policy; this release knows route, canary, circuitBreaker/}
`("refused with what and where: $message", ({ config, message }) => {
  expect(() => resolveConfig(config)).toThrow(message);
});

test("text that is not YAML is refused with line and column", () => {
  expect(() => resolveYaml("workload: {", "x.yaml")).toThrow(/x\.yaml is not YAML: .* at line 1, column \d+/);
});

test.each(generatedSchemas())(
  "$file is what the schemas say (run generate-schemas.ts)",
  ({ file, schema }) => {
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(JSON.stringify(schema)));
  },
);

test("a file with more policies than a sidecar bears starts it, as it did before", () => {
  const limits = Array.from(
    { length: 201 },
    (_, at) =>
      `  - { kind: rateLimit, name: l${at}, targetRef: backend, maxTokens: 5, tokensPerFill: 5, fillIntervalMs: 1000 }\n`,
  );
  const { snapshot } = resolveYaml(
    whole.slice(0, whole.indexOf("  - kind: route")) + limits.join(""),
    "sidecar.yaml",
  );
  expect(snapshot.content.services[0]?.policies).toHaveLength(201);
});
