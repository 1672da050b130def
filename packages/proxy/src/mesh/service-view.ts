import type { Protocol, SnapshotPolicy, SnapshotService } from "@weir/domain";
import {
  backendLists,
  type Cells,
  circuitBreakerCells,
  compileDecider,
  type Decider,
  parseSocketAddress,
  RegexRefused,
  type Resilience,
  retryBudgetCells,
  weightProblems,
} from "@weir/domain/request-path";
import type { HashTables } from "../balance/hash-tables.ts";
import { OutlierTracker } from "../balance/outlier-tracker.ts";
import type { Target } from "../balance/target.ts";
import type { UpstreamDirectory } from "../balance/upstream.ts";
import type { Party } from "../exchange.ts";
import type { UpstreamTls } from "../tls/upstream-tls.ts";
import { DecisionTail } from "./decision-tail.ts";
import { EndpointChoice } from "./endpoint-choice.ts";
import { ServiceBreaker } from "./service-breaker.ts";
import { SnapshotRefused } from "./snapshot-refused.ts";

/** A service as the request path needs it. */
export interface ServiceView {
  readonly namespace: string;
  readonly name: string;
  readonly protocol: Protocol;
  /** The service as a destination before a version is chosen. */
  readonly party: Party;
  readonly stableVersion: string | undefined;
  /** What a caller's sidecar judges. */
  readonly decider: Decider;
  readonly targets: readonly Target[];
  readonly targetsByVersion: ReadonlyMap<string, readonly Target[]>;
  readonly resilience: Resilience;
  readonly choice: EndpointChoice;
  /** Absent without a policy of that kind. */
  readonly breaker: ServiceBreaker | undefined;
  readonly outliers: OutlierTracker | undefined;
  /** Requests and retries under way; absent where nothing is ever retried. */
  readonly retryBudget: Int32Array | undefined;
  /** Decisions about how its upstreams are used. */
  readonly tail: DecisionTail;
}

/** What outlives snapshots: who a service is compiled with keeps what it knew. */
export interface MeshState {
  readonly directory: UpstreamDirectory;
  readonly cells: Cells;
  readonly tables: HashTables;
  /** The sidecar's own zone. */
  readonly zone: string | undefined;
  /** Gives a number in [0, 1). */
  readonly random: () => number;
  /** How connections to a service are encrypted; undefined: not at all. */
  readonly tlsOf?: ServiceTls | undefined;
}

export type ServiceTls = (service: {
  readonly namespace: string;
  readonly name: string;
}) => UpstreamTls | undefined;

/** Compiles one service for callers. Throws SnapshotRefused. */
export function compileService(service: SnapshotService, state: MeshState): ServiceView {
  checkWeights(service);
  const { cells } = state;
  const name = `${service.namespace}/${service.name}`;
  const decider = deciderOf(service, { admission: service.admission === "caller", routing: true }, cells);
  const { resilience } = decider;
  const outliers =
    resilience.outlier &&
    new OutlierTracker(resilience.outlier.settings, cells, `${name} ${resilience.outlier.policy}`);
  const breakerCells = cells(`breaker ${name}`, circuitBreakerCells);
  const targets = service.endpoints.map(({ address, version, zone }): Target => {
    const parsed = parseSocketAddress(address);
    if (!parsed) throw new SnapshotRefused(`${nameOf(service)}: ${address} is not host:port`);
    const upstream = state.directory.get(address, parsed.host, parsed.port);
    upstream.connections = breakerCells;
    upstream.tls = state.tlsOf?.(service);
    const party = { namespace: service.namespace, service: service.name, version };
    return { upstream, version, party, zone, health: outliers?.track(version, address) };
  });
  return {
    namespace: service.namespace,
    name: service.name,
    protocol: service.protocol,
    party: { namespace: service.namespace, service: service.name, version: "" },
    stableVersion: service.stableVersion,
    decider,
    targets,
    targetsByVersion: Map.groupBy(targets, (target) => target.version),
    resilience,
    choice: new EndpointChoice({ ...state, resilience }),
    breaker: resilience.breakers.length > 0 ? new ServiceBreaker(resilience, breakerCells) : undefined,
    outliers,
    retryBudget: service.policies.some(retries) ? cells(`retries ${name}`, retryBudgetCells) : undefined,
    tail: new DecisionTail(),
  };
}

/** What the destination's own sidecar judges; undefined where callers do. Throws SnapshotRefused. */
export function compileAdmission(service: SnapshotService, { cells }: MeshState): Decider | undefined {
  if (service.admission === "caller") return undefined;
  return deciderOf(service, { admission: true, routing: false }, cells);
}

function deciderOf(
  service: SnapshotService,
  sides: { readonly admission: boolean; readonly routing: boolean },
  cells: Cells,
): Decider {
  try {
    return compileDecider(service, { sides, cells });
  } catch (error) {
    if (error instanceof RegexRefused)
      throw new SnapshotRefused(`${nameOf(service)}: a regex ${error.message}`, error);
    throw error;
  }
}

function checkWeights(service: SnapshotService): void {
  for (const policy of service.policies) {
    for (const problem of backendLists(policy).flatMap(({ backends }) => weightProblems(backends)))
      throw new SnapshotRefused(`${nameOf(service)}, policy ${policy.name}: ${problem.message}`);
  }
}

function retries(policy: SnapshotPolicy): boolean {
  return policy.kind === "route" && policy.mode === "enforce" && policy.rules.some((rule) => rule.retry);
}

function nameOf({ namespace, name }: SnapshotService): string {
  return `service ${name} in ${namespace}`;
}
