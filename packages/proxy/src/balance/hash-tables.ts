import type { Target } from "./target.ts";
import { weightOf } from "./weights.ts";

/** A host as a table knows it: by its place in the order of addresses, so that tables outlive targets. */
export interface HashHost {
  readonly address: string;
  readonly weight: number;
}

/** A table and what it holds in memory. */
export interface HashTable {
  readonly bytes: number;
}

/** Together the tables that nobody asked for lately keep no more than this. */
const maxBytes = 16 * 1024 * 1024;

/**
 * The tables of the hashing algorithms by the hosts they were made of. They depend on nothing else, so a snapshot
 * that leaves a service's endpoints as they were finds its table here and makes none.
 */
export class HashTables {
  readonly #tables = new Map<string, HashTable>();
  #bytes = 0;

  /** `kind` names what `make` makes. The hosts are in the order of their addresses. */
  get<Table extends HashTable>(
    kind: { readonly name: string; readonly make: (hosts: readonly HashHost[]) => Table },
    hosts: readonly HashHost[],
  ): Table {
    const key = `${kind.name} ${hosts.map(({ address, weight }) => `${address}*${weight}`).join(" ")}`;
    const found = this.#tables.get(key) as Table | undefined;
    if (found !== undefined) {
      this.#tables.delete(key);
      this.#tables.set(key, found);
      return found;
    }
    const table = kind.make(hosts);
    this.#tables.set(key, table);
    this.#bytes += table.bytes;
    this.#dropOldest(key);
    return table;
  }

  get size(): number {
    return this.#tables.size;
  }

  #dropOldest(newest: string): void {
    for (const [key, table] of this.#tables) {
      if (this.#bytes <= maxBytes || key === newest) return;
      this.#tables.delete(key);
      this.#bytes -= table.bytes;
    }
  }
}

/** Targets in the order of their addresses, which is the same in every sidecar. */
export function inTableOrder(targets: readonly Target[]): Target[] {
  return targets.toSorted((a, b) => (a.upstream.address < b.upstream.address ? -1 : 1));
}

export function hashHosts(ordered: readonly Target[]): HashHost[] {
  return ordered.map((target) => ({ address: target.upstream.address, weight: weightOf(target) }));
}
