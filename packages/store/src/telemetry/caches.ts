import { KnownTraces } from "./span-graph/known-traces.ts";

/**
 * Ids of dictionary rows already known, so that a batch asks the database only for what is new. Belongs to one
 * database, is held by the caller, and forgets entries beyond `limit` of each kind.
 */
export interface TelemetryCaches {
  readonly services: BoundedMap<number>;
  readonly resources: BoundedMap<number>;
  readonly edgeSeries: BoundedMap<number>;
  readonly decisionSeries: BoundedMap<number>;
  readonly knownTraces: KnownTraces;
}

export function createTelemetryCaches(limit = 20_000): TelemetryCaches {
  return {
    services: new BoundedMap(limit),
    resources: new BoundedMap(limit),
    edgeSeries: new BoundedMap(limit),
    decisionSeries: new BoundedMap(limit),
    knownTraces: new KnownTraces(),
  };
}

/**
 * A map of at most `limit` entries that forgets those which nobody has asked for in a while. Two generations take turns:
 * a Map whose oldest entry is deleted again and again would step over all that were deleted before, to find it.
 */
export class BoundedMap<V> {
  #young = new Map<string, V>();
  #old = new Map<string, V>();
  readonly #half: number;

  constructor(limit: number) {
    this.#half = Math.max(1, limit >> 1);
  }

  get(key: string): V | undefined {
    const value = this.#young.get(key);
    if (value !== undefined) return value;
    const older = this.#old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: string, value: V): void {
    this.#young.set(key, value);
    if (this.#young.size < this.#half) return;
    this.#old = this.#young;
    this.#young = new Map();
  }
}
