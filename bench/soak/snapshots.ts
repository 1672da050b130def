import { createHash } from "node:crypto";
import type { Snapshot, SnapshotPolicy, SnapshotService } from "@weir/domain";
import { deadService, service, timeoutMs } from "./scenarios.ts";

const namespace = "soak";
const common = { namespace, hosts: [], protocol: "http", mode: "enforce", admission: "caller" } as const;

/**
 * The `turn`th snapshot: endpoints come and go (one of two is always there), services and policies appear, change and
 * disappear, and no two in a row are alike.
 */
export function snapshotAt(turn: number, ports: readonly number[], deadPort: number): Snapshot {
  const present = [ports, ports.slice(0, 1), ports, ports.slice(1)][turn % 4]!;
  const called: SnapshotService = {
    ...common,
    name: service,
    hosts: [service],
    stableVersion: "v1",
    endpoints: present.map((port, index) => ({ address: `127.0.0.1:${port}`, version: `v${index + 1}` })),
    policies: policies(turn),
  };
  const dead: SnapshotService = {
    ...common,
    name: deadService,
    hosts: [deadService],
    stableVersion: "v1",
    endpoints: [{ address: `127.0.0.1:${deadPort}`, version: "v1" }],
    policies: [],
  };
  const others = Array.from({ length: turn % 3 === 0 ? 200 : 5 }, (_, index) => ({
    ...dead,
    name: `other-${index}`,
    hosts: [`other-${index}`],
  }));
  const content = { namespace, services: [called, dead, ...others] };
  const version = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16);
  return { version, content };
}

function policies(turn: number): SnapshotPolicy[] {
  const policy = { namespace, targetRef: service, revision: turn + 1 };
  const route: SnapshotPolicy = {
    ...policy,
    kind: "route",
    name: "timeouts-and-retries",
    mode: "enforce",
    rules: [
      { match: [{ path: { prefix: "/never" } }], timeoutMs },
      { match: [{ path: { prefix: "/flaky" } }], retry: { on: ["reset"], attempts: 3 } },
    ],
  };
  const retry: SnapshotPolicy = {
    ...policy,
    kind: "route",
    name: "retries-observed",
    mode: "observe",
    rules: [{ retry: { on: ["5xx"], attempts: 2 } }],
  };
  const limit: SnapshotPolicy = {
    ...policy,
    kind: "rateLimit",
    name: "limit",
    mode: turn % 2 === 0 ? "observe" : "enforce",
    maxTokens: 1_000_000,
    tokensPerFill: 1_000_000,
    fillIntervalMs: 1_000,
  };
  const outliers: SnapshotPolicy = {
    ...policy,
    kind: "outlierDetection",
    name: "outliers",
    mode: "observe",
    intervalMs: 1_000,
    consecutive5xx: 5,
  };
  const canary: SnapshotPolicy = {
    ...policy,
    kind: "canary",
    name: "canary",
    mode: "observe",
    backends: [
      { version: "v1", weight: turn % 101 },
      { version: "v2", weight: 100 - (turn % 101) },
    ],
  };
  return turn % 5 === 0 ? [route] : [canary, limit, outliers, retry, route];
}
