import { readFileSync } from "node:fs";
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
