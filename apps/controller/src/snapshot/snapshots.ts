import { compileSnapshot, type MeshConfig, type RegisteredEndpoint } from "@weir/domain";
import type { Meters } from "../meters.ts";
import { type EncodedSnapshot, encodeSnapshot } from "./encode-snapshot.ts";

interface MeshState {
  readonly config: MeshConfig;
  readonly endpoints: readonly RegisteredEndpoint[];
}

/**
 * The snapshots in force, compiled from the newest state that could be read. They stay while the database is away:
 * no state replaces the last one but one that was read in full.
 */
export class Snapshots {
  readonly #meters: Meters;
  #state: MeshState | undefined;
  #byNamespace = new Map<string, EncodedSnapshot>();

  constructor(meters: Meters) {
    this.#meters = meters;
  }

  /** Endpoints of the last state; undefined before there was one. */
  get endpoints(): readonly RegisteredEndpoint[] | undefined {
    return this.#state?.endpoints;
  }

  replace(state: MeshState): void {
    this.#state = state;
    this.#byNamespace = new Map();
    this.#meters.snapshotInfo.reset();
    this.#meters.snapshotBytes.reset();
  }

  /** The snapshot of a namespace, compiled when first asked for; undefined before anything could be read. */
  of(namespace: string): EncodedSnapshot | undefined {
    const known = this.#byNamespace.get(namespace);
    if (known || !this.#state) return known;
    const end = this.#meters.compileSeconds.startTimer();
    const snapshot = encodeSnapshot(compileSnapshot(this.#state.config, this.#state.endpoints, namespace));
    end();
    this.#byNamespace.set(namespace, snapshot);
    this.#meters.snapshotInfo.set({ namespace, version: snapshot.version }, 1);
    this.#meters.snapshotBytes.set({ namespace }, snapshot.line.length);
    return snapshot;
  }
}
