import type { Snapshot } from "@weir/domain";
import type { Cells } from "@weir/domain/request-path";
import { HashTables } from "../balance/hash-tables.ts";
import { ejectedOf, type HealthChange } from "../balance/outlier-tracker.ts";
import { type Upstream, UpstreamDirectory } from "../balance/upstream.ts";
import { compileMeshView, type MeshView } from "./mesh-view.ts";
import type { MeshState, ServiceTls, ServiceView } from "./service-view.ts";

export interface MeshSettings {
  readonly workload: { readonly namespace: string; readonly service: string };
  readonly zone: string | undefined;
  readonly cells: Cells;
  /** Gives a number in [0, 1). */
  readonly random: () => number;
  /** How connections to a service are encrypted; undefined: not at all. */
  readonly tlsOf?: ServiceTls | undefined;
  /** Told of every endpoint that a snapshot has no more: requests under way finish, no others come. */
  readonly removed?: ((upstream: Upstream) => void) | undefined;
}

/**
 * The mesh as this sidecar sees it now. A request reads `current` once and keeps what it read, so a snapshot
 * comes into force between two requests and never inside one. What was counted and learnt stays: it is kept by
 * address and by policy, not by snapshot.
 */
export class Mesh {
  readonly #settings: MeshSettings;
  readonly #state: MeshState;
  #current: MeshView;

  constructor(snapshot: Snapshot, settings: MeshSettings) {
    const { cells, zone, random, tlsOf } = settings;
    this.#settings = settings;
    this.#state = {
      cells,
      zone,
      random,
      tlsOf,
      directory: new UpstreamDirectory(),
      tables: new HashTables(),
    };
    this.#current = compileMeshView(snapshot, settings.workload, this.#state);
  }

  get current(): MeshView {
    return this.#current;
  }

  /** Throws SnapshotRefused, and then the snapshot before stays in force. */
  apply(snapshot: Snapshot): void {
    this.prepare(snapshot)();
  }

  /** Compiles a snapshot; what it returns puts it in force. Throws SnapshotRefused. */
  prepare(snapshot: Snapshot): () => void {
    const view = compileMeshView(snapshot, this.#settings.workload, this.#state);
    return () => this.#replace(view);
  }

  /** Endpoints that are ejected now. */
  get ejected(): number {
    return this.#current.services.reduce((sum, { targets }) => sum + ejectedOf(targets), 0);
  }

  /** Ejects and returns the endpoints for which it is time; to be called about once a second. */
  sweepOutliers(wallMs: number, changed: (service: ServiceView, change: HealthChange) => void): void {
    for (const service of this.#current.services)
      for (const change of service.outliers?.sweep(wallMs) ?? []) changed(service, change);
  }

  #replace(view: MeshView): void {
    this.#current = view;
    const addresses = view.snapshot.content.services.flatMap((s) => s.endpoints.map((e) => e.address));
    for (const upstream of this.#state.directory.retain(new Set(addresses)))
      this.#settings.removed?.(upstream);
  }
}
