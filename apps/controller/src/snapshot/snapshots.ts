import { compileSnapshot, type MeshConfig, type RegisteredEndpoint } from "@weir/domain";
import type { Meters } from "../meters.ts";
import { type ComparableSnapshot, encodeChange, encodeSnapshot } from "./encode-snapshot.ts";
import { PolicyTexts } from "./policy-texts.ts";

interface MeshState {
  readonly config: MeshConfig & { readonly revision: number };
  readonly endpoints: readonly RegisteredEndpoint[];
}

/** A snapshot in force. */
export interface Snapshot extends ComparableSnapshot {
  /**
   * Of the config that made it another than the one before; that one's where only endpoints did. 0: not known, because
   * this controller knew none before.
   */
  readonly revision: number;
}

/** What the next snapshot is compared to; without its line, which nobody is sent any more. */
type Former = Pick<Snapshot, "version" | "revision" | "services">;

function formerOf({ version, revision, services }: Snapshot): Former {
  return { version, revision, services };
}

/**
 * The snapshots in force, compiled from the newest state that could be read. They stay while the database is away:
 * no state replaces the last one but one that was read in full.
 */
export class Snapshots {
  readonly #meters: Meters;
  readonly #texts = new PolicyTexts();
  #state: MeshState | undefined;
  #byNamespace = new Map<string, Snapshot>();
  #before: { readonly revision: number; readonly byNamespace: ReadonlyMap<string, Former> } | undefined;

  constructor(meters: Meters) {
    this.#meters = meters;
  }

  /** Endpoints of the last state; undefined before there was one. */
  get endpoints(): readonly RegisteredEndpoint[] | undefined {
    return this.#state?.endpoints;
  }

  replace(state: MeshState): void {
    this.#before = this.#state && {
      revision: this.#state.config.revision,
      byNamespace: new Map(
        [...this.#byNamespace].map(([namespace, snapshot]) => [namespace, formerOf(snapshot)]),
      ),
    };
    this.#state = state;
    this.#byNamespace = new Map();
    this.#meters.snapshotInfo.reset();
    this.#meters.snapshotBytes.reset();
  }

  /** The snapshot of a namespace, compiled when first asked for; undefined before anything could be read. */
  of(namespace: string): Snapshot | undefined {
    const known = this.#byNamespace.get(namespace);
    if (known || !this.#state) return known;
    const end = this.#meters.compileSeconds.startTimer();
    const { config, endpoints } = this.#state;
    const { policyOf, textOf } = this.#texts;
    const encoded = encodeSnapshot(compileSnapshot(config, endpoints, namespace, { policyOf }), textOf);
    const before = this.#before?.byNamespace.get(namespace);
    const snapshot = {
      ...encoded,
      change: before && before.version !== encoded.version ? encodeChange(before, encoded) : undefined,
      revision: this.#revisionOf(before, encoded, config.revision),
    };
    end();
    this.#byNamespace.set(namespace, snapshot);
    this.#meters.snapshotInfo.set({ namespace, version: snapshot.version }, 1);
    this.#meters.snapshotBytes.set({ namespace }, snapshot.bytes);
    return snapshot;
  }

  /** A change of the config is published at once, so it is what made a snapshot another, if it came with one. */
  #revisionOf(before: Former | undefined, { version }: ComparableSnapshot, revision: number): number {
    if (!before || !this.#before) return 0;
    return version !== before.version && revision > this.#before.revision ? revision : before.revision;
  }
}
