import type {
  Acknowledgement,
  Hello,
  MeshConfig,
  Mode,
  Policy,
  RegisteredEndpoint,
  RevisedPolicy,
  resolveMode,
  Service,
  Workload,
} from "@weir/domain";
import type { EnforcementStore } from "../enforcement/enforcement-store.ts";
import type { NotificationStore } from "../notifications/notification-store.ts";
import type { RolloutStore } from "../rollouts/rollout-store.ts";

/** Who changes something, and why. */
export interface Change {
  readonly author: string;
  readonly reason?: string | undefined;
}

/** `expectedRevision`: the revision the change is based on, 0 for "it must not exist"; absent: whatever is there. */
export interface PolicyChange extends Change {
  readonly expectedRevision?: number | undefined;
}

/** A policy to be written, and the revision that it is based on, as of a {@link PolicyChange}. */
export interface BasedPolicy extends Pick<PolicyChange, "expectedRevision"> {
  readonly policy: Policy;
}

/** `expected`: what the switch must stand at, for a change that takes an earlier one back; absent: whatever it stands at. */
export interface SwitchChange<Position> extends Change {
  readonly expected?: Position | undefined;
}

export type ResolvedMode = ReturnType<typeof resolveMode>;

export interface ServiceSummary extends Service {
  /** In natural order: seen within the last 24 hours or reachable now, and the configured stable one. */
  readonly versions: readonly string[];
  /** Those with a live endpoint. */
  readonly readyVersions: readonly string[];
  readonly resolvedMode: ResolvedMode;
  /** What takes all traffic while nothing is enforced; undefined when no version is ready and none configured. */
  readonly stableVersionInForce: string | undefined;
}

export interface StoredPolicy {
  readonly policy: RevisedPolicy;
  readonly resolvedMode: ResolvedMode;
  readonly changedAt: Date;
  readonly changedBy: string;
}

export interface PolicyRevision {
  readonly revision: number;
  /** Undefined where this revision deleted the policy. */
  readonly policy: RevisedPolicy | undefined;
  readonly author: string;
  readonly reason: string | undefined;
  /** The global config revision it came with. */
  readonly configRevision: number;
  readonly createdAt: Date;
}

export interface AuditEntry {
  readonly id: number;
  readonly at: Date;
  readonly configRevision: number;
  readonly author: string;
  readonly reason: string | undefined;
  /** Such as `mesh.mode`, `service.stableVersion`, `policy.put`. */
  readonly action: string;
  /** Such as `mesh`, `namespace/shop`, `service/shop/payments`, `policy/shop/payments-canary`. */
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface ServiceRef {
  readonly namespace: string;
  readonly name: string;
}

/** A version met for the first time, by its first sidecar or, without one, by its first telemetry. */
export interface VersionSeen {
  readonly at: Date;
  readonly service: ServiceRef;
  readonly version: string;
  readonly evidence: "sidecar" | "telemetry";
  /** No other version of that service was known before: the service itself is new. */
  readonly isFirst: boolean;
}

export type MeshChange =
  | { readonly kind: "audit"; readonly entry: AuditEntry }
  | { readonly kind: "version"; readonly seen: VersionSeen };

export interface ChangesQuery {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** What concerns this service: itself, its policies, its namespace's mode and the mesh's; absent: everything. */
  readonly service?: ServiceRef | undefined;
  readonly limit: number;
}

/** An address within the console that somebody named; everybody's who uses the console. */
export interface SavedView {
  readonly id: number;
  readonly name: string;
  /** Path and query. */
  readonly href: string;
  readonly author: string;
  readonly createdAt: Date;
}

export interface SidecarStatus {
  readonly proxyId: string;
  readonly workload: Workload;
  readonly controllerId: string;
  readonly release: string;
  readonly address: string | undefined;
  readonly zone: string | undefined;
  /** Its stream is open and its lease has not run out. */
  readonly connected: boolean;
  readonly connectedAt: Date;
  readonly disconnectedAt: Date | undefined;
  readonly wantedVersion: string | undefined;
  readonly wantedAt: Date | undefined;
  readonly ackedVersion: string | undefined;
  readonly ackedAt: Date | undefined;
  /** The newest snapshot it refused, and why; cleared when it accepts one. */
  readonly nackedVersion: string | undefined;
  readonly nackedAt: Date | undefined;
  readonly nackReason: string | undefined;
}

/** How far a change of the config has come in a namespace whose snapshot it changed. */
export interface Convergence {
  readonly configRevision: number;
  readonly namespace: string;
  readonly changedAt: Date;
  /** Those that ran another snapshot when it was sent. */
  readonly sidecars: number;
  /** Of these, the ones that run it, or a later one. */
  readonly acked: number;
  readonly refused: number;
  /** Null before the first answer; when all have answered, the change had reached them at this time. */
  readonly lastAckedAt: Date | null;
}

/** What one sidecar said of a snapshot. */
export interface HeardAcknowledgement {
  readonly acknowledgement: Acknowledgement;
  /** How long ago, in milliseconds; absent: just now. */
  readonly ageMs?: number | undefined;
}

/**
 * The config model. Every write is one transaction: the change, an audit entry, the next global revision and a
 * notification on `weir_config` (and an immutable revision where it is a policy); a write that changes nothing
 * does none of these. Endpoints coming and going notify `weir_endpoints`.
 *
 * All methods reject with {@link DatabaseUnreachable} when the database is away. Unknown things are `NotFound`,
 * unacceptable input is the domain's `ValidationError`, a change based on an old revision `StaleRevision`.
 */
export interface ConfigStore extends EnforcementStore, NotificationStore, RolloutStore {
  /** All of it at one moment. */
  readMeshConfig(): Promise<MeshConfig & { readonly revision: number }>;
  listServices(): Promise<ServiceSummary[]>;

  /** Like all switches it gives back what was set before; `StaleSwitch` when something else was expected. */
  setMeshMode(mode: Mode, change: SwitchChange<Mode>): Promise<Mode>;
  setMeshHold(hold: boolean, change: SwitchChange<boolean>): Promise<boolean>;
  /** null: inherit again. */
  setNamespaceMode(
    namespace: string,
    mode: Mode | null,
    change: SwitchChange<Mode | null>,
  ): Promise<Mode | null>;
  setServiceMode(
    namespace: string,
    name: string,
    mode: Mode | null,
    change: SwitchChange<Mode | null>,
  ): Promise<Mode | null>;
  /** As the policy's next revision. */
  setPolicyMode(
    namespace: string,
    name: string,
    mode: Mode | null,
    change: SwitchChange<Mode | null>,
  ): Promise<Mode | null>;
  /** null: no pin, so that it follows the endpoints. An unknown version is a ValidationError. */
  setStableVersion(namespace: string, name: string, version: string | null, change: Change): Promise<void>;

  listPolicies(): Promise<StoredPolicy[]>;
  getPolicy(namespace: string, name: string): Promise<StoredPolicy | undefined>;
  /** Newest first, those of a deleted policy too; empty when there never was one. */
  policyRevisions(namespace: string, name: string): Promise<PolicyRevision[]>;
  /** Gives back the stored policy: the next revision, or the current one when nothing changed. */
  putPolicy(policy: Policy, change: PolicyChange): Promise<RevisedPolicy>;
  /** The same of many, in one transaction: all or none. The order is theirs. */
  putPolicies(policies: readonly BasedPolicy[], change: Change): Promise<RevisedPolicy[]>;
  deletePolicy(namespace: string, name: string, change: PolicyChange): Promise<void>;
  /** All or none; where some are missing, the error names every one of them. */
  deletePolicies(
    policies: readonly { readonly namespace: string; readonly name: string }[],
    change: Change,
  ): Promise<void>;

  /** Newest first; `before` is the id of the last entry of the page before. */
  listAudit(page: { readonly limit: number; readonly before?: number | undefined }): Promise<AuditEntry[]>;

  /** What was changed, and which versions were met for the first time, in a window; the newest first. */
  listChanges(query: ChangesQuery): Promise<MeshChange[]>;
  /** The versions alone, whatever else was changed; the newest first. */
  listVersionsSeen(query: ChangesQuery): Promise<VersionSeen[]>;

  /**
   * Makes namespace, service and workload known where they are new, and leases the endpoint. The first version of
   * a service becomes its stable one.
   */
  registerSidecar(
    hello: Hello,
    lease: { readonly controllerId: string; readonly leaseMs: number },
  ): Promise<void>;
  /** All of them or none. */
  registerSidecars(
    hellos: readonly Hello[],
    lease: { readonly controllerId: string; readonly leaseMs: number },
  ): Promise<void>;
  /** Gives back the ids that have no row any more: these must register again. */
  renewLeases(controllerId: string, proxyIds: readonly string[], leaseMs: number): Promise<string[]>;
  /** The stream closed: its endpoint is gone at once. With `controllerId`, only while that one still holds it. */
  releaseSidecar(proxyId: string, controllerId?: string): Promise<void>;
  /** Removes endpoints whose lease ran out; gives back how many. Also forgets sidecars gone for an hour. */
  expireLeases(): Promise<number>;
  liveEndpoints(): Promise<RegisteredEndpoint[]>;
  /** `revision`: of the config that made this snapshot another than the one before; 0 where that is not known. */
  recordWanted(proxyIds: readonly string[], version: string, revision: number): Promise<void>;
  /** What sidecars said of their snapshots; of one that said several things, the last. */
  recordAcknowledgements(heard: readonly HeardAcknowledgement[]): Promise<void>;
  /** Of the last changes that sidecars were waited for, the newest first. */
  listConvergence(limit: number): Promise<Convergence[]>;
  /** Of one change, in each namespace whose sidecars were waited for; empty where nobody was, and after a week. */
  convergenceOf(configRevision: number): Promise<Convergence[]>;
  listSidecars(): Promise<SidecarStatus[]>;

  /** By name. Views are no config of the mesh: they make no revision and no audit entry. */
  listViews(): Promise<SavedView[]>;
  /** A name that is taken is a ValidationError. */
  saveView(view: Pick<SavedView, "name" | "href" | "author">): Promise<SavedView>;
  renameView(id: number, name: string): Promise<SavedView>;
  /** One that is gone already is as good as removed. */
  removeView(id: number): Promise<void>;

  close(): Promise<void>;
}
