import type { Protocol, Snapshot, SnapshotService } from "@weir/domain";
import {
  backendLists,
  compileDecider,
  type Decider,
  localCells,
  parseSocketAddress,
  RegexRefused,
  weightProblems,
} from "@weir/domain/request-path";
import type { Target } from "../balance/least-request.ts";
import type { UpstreamDirectory } from "../balance/upstream.ts";

/** A service as the request path needs it. */
export interface ServiceView {
  readonly namespace: string;
  readonly name: string;
  readonly protocol: Protocol;
  readonly stableVersion: string | undefined;
  readonly decider: Decider;
  readonly targets: readonly Target[];
  readonly targetsByVersion: ReadonlyMap<string, readonly Target[]>;
}

/** A snapshot, compiled: immutable, and replaced as a whole between two requests. */
export interface MeshView {
  readonly snapshot: Snapshot;
  /** By lower-case host without port. */
  readonly servicesByHost: ReadonlyMap<string, ServiceView>;
}

/** A snapshot that cannot be put in force; it is answered with a NACK. */
export class SnapshotRefused extends Error {
  readonly code = "SNAPSHOT_REFUSED";

  constructor(message: string) {
    super(message);
    this.name = "SnapshotRefused";
  }
}

/** Compiles a snapshot of valid shape. Throws SnapshotRefused for what its shape cannot tell. */
export function compileMeshView(snapshot: Snapshot, directory: UpstreamDirectory): MeshView {
  const servicesByHost = new Map<string, ServiceView>();
  for (const service of snapshot.content.services) {
    const view = compileService(service, directory);
    for (const host of service.hosts) if (!servicesByHost.has(host)) servicesByHost.set(host, view);
  }
  return { snapshot, servicesByHost };
}

function compileService(service: SnapshotService, directory: UpstreamDirectory): ServiceView {
  checkWeights(service);
  const targets = service.endpoints.map(({ address, version }): Target => {
    const parsed = parseSocketAddress(address);
    if (!parsed) throw new SnapshotRefused(`${nameOf(service)}: ${address} is not host:port`);
    const upstream = directory.get(address, parsed.host, parsed.port);
    return { upstream, version, party: { namespace: service.namespace, service: service.name, version } };
  });
  return {
    namespace: service.namespace,
    name: service.name,
    protocol: service.protocol,
    stableVersion: service.stableVersion,
    decider: compileOrRefuse(service),
    targets,
    targetsByVersion: Map.groupBy(targets, (target) => target.version),
  };
}

function compileOrRefuse(service: SnapshotService): Decider {
  try {
    return compileDecider(service, { sides: { admission: false, routing: true }, cells: localCells() });
  } catch (error) {
    if (error instanceof RegexRefused)
      throw new SnapshotRefused(`${nameOf(service)}: a regex ${error.message}`);
    throw error;
  }
}

function checkWeights(service: SnapshotService): void {
  for (const policy of service.policies) {
    for (const problem of backendLists(policy).flatMap(({ backends }) => weightProblems(backends)))
      throw new SnapshotRefused(`${nameOf(service)}, policy ${policy.name}: ${problem.message}`);
  }
}

function nameOf({ namespace, name }: SnapshotService): string {
  return `service ${name} in ${namespace}`;
}
