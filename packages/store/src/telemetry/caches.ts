import { KnownTraces } from "./span-graph/known-traces.ts";

/**
 * Ids of dictionary rows already known, so that a batch asks the database only for what is new. Belongs to one
 * database, is held by the caller, and forgets the oldest entries beyond `limit` of each kind.
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

export class BoundedMap<V> {
  readonly #entries = new Map<string, V>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#limit) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }

  get size(): number {
    return this.#entries.size;
  }
}
