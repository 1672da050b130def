import type { Finding, KnownService, Policy } from "@weir/domain";
import type { DatabaseState, SidecarStatus, StoredPolicy } from "@weir/store";
import type { CollectorStatus } from "../mesh/collector.ts";

/** A process as its `/readyz` told it to the console. */
export interface ProcessFacts {
  readonly ready: boolean;
  /** Undefined: it does not answer, or is too old to say. */
  readonly release: string | undefined;
}

/** What the console can find out about the whole of Weir at one moment. What it could not is undefined. */
export interface MeshFacts {
  /** By the console's clock, in milliseconds since 1970; so is everything below but the clocks. */
  readonly atMs: number;
  readonly release: string;
  readonly collector: ProcessFacts & { readonly status: CollectorStatus | undefined };
  readonly controller: ProcessFacts;
  /** Undefined: the database is away, or hangs. */
  readonly database: DatabaseFacts | undefined;
}

/** What policies say of the requests of late. */
export interface TrafficFacts {
  readonly findings: readonly { readonly policy: Policy; readonly finding: Finding }[];
  /** Policies that there was no time to judge so. */
  readonly unread: number;
}

export interface DatabaseFacts {
  readonly state: DatabaseState;
  readonly mesh: { readonly mode: "observe" | "enforce"; readonly hold: boolean; readonly revision: number };
  readonly policies: readonly StoredPolicy[];
  readonly inTraffic: TrafficFacts;
  /** With their versions: what policies are judged by. */
  readonly knownServices: readonly KnownService[];
  /** Ids of those that registered. */
  readonly services: readonly string[];
  /** Of these, ids of those that neither called nor were called in the last fifteen minutes. */
  readonly idle: readonly string[];
  readonly sidecars: readonly SidecarStatus[];
  /** Until when requests are told of; undefined: none ever was. */
  readonly newestSlotEndMs: number | undefined;
  /** Until when there are partitions; undefined: there are none. */
  readonly partitionsUntilMs: number | undefined;
}

/** Whether a sidecar runs the snapshot that it should. `lapsed`: its lease ran out, and it never said that it goes. */
export type SidecarState = "current" | "behind" | "refused" | "lapsed" | "gone";

export function stateOf(sidecar: SidecarStatus): SidecarState {
  if (!sidecar.connected) return sidecar.disconnectedAt === undefined ? "lapsed" : "gone";
  if (sidecar.nackReason !== undefined) return "refused";
  return sidecar.ackedVersion === sidecar.wantedVersion ? "current" : "behind";
}

/** `namespace/name version`. */
export function workloadText({ workload: { namespace, service, version } }: SidecarStatus): string {
  return `${namespace}/${service} ${version}`;
}
