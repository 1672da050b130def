import { type Cells, localCells, maxCells } from "@weir/domain/request-path";

/** Cells that all threads which were given one buffer share. */
export interface SharedCells {
  readonly cells: Cells;
  /** Keys that found the table full and got cells of this thread alone, in all threads. */
  readonly localKeys: number;
}

const headerBytes = 8;
const keyBytes = 8;
const slotBytes = maxCells * Int32Array.BYTES_PER_ELEMENT;

/** Memory for so many keys, 40 bytes each; what is not used takes no resident memory. */
export function newCellsBuffer(slots = 16_384): SharedArrayBuffer {
  return new SharedArrayBuffer(headerBytes + slots * (keyBytes + slotBytes));
}

/**
 * A hash table in the buffer, from the 64-bit hash of a key to its cells, so that threads agree on where a key's
 * cells are without a message: a slot belongs to whoever exchanges its hash first (open addressing, lock-free).
 * Keys are never removed. A full table costs exactness, not service: the key gets cells of this thread alone.
 */
export function sharedCells(buffer: SharedArrayBuffer): SharedCells {
  const slots = Math.floor((buffer.byteLength - headerBytes) / (keyBytes + slotBytes));
  const header = new Int32Array(buffer, 0, 2);
  const hashes = new BigUint64Array(buffer, headerBytes, slots);
  const known = new Map<string, Int32Array>();
  const local = localCells();
  const find = (key: string, count: number): Int32Array => {
    const slot = claimSlot(hashes, hashOf(key));
    if (slot !== undefined)
      return new Int32Array(buffer, headerBytes + slots * keyBytes + slot * slotBytes, count);
    Atomics.add(header, 0, 1);
    return local(key, count);
  };
  return {
    cells: (key, count) => {
      let cells = known.get(key);
      if (cells === undefined) {
        cells = find(key, count);
        known.set(key, cells);
      }
      return cells;
    },
    get localKeys() {
      return Atomics.load(header, 0);
    },
  };
}

function claimSlot(hashes: BigUint64Array, hash: bigint): number | undefined {
  const first = Number(hash % BigInt(hashes.length));
  for (let step = 0; step < hashes.length; step++) {
    const slot = (first + step) % hashes.length;
    const owner = Atomics.compareExchange(hashes, slot, 0n, hash);
    if (owner === 0n || owner === hash) return slot;
  }
  return undefined;
}

/** FNV-1a over UTF-16 units, then mixed: its low bits choose the slot. Never 0, which marks a free slot. */
function hashOf(key: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < key.length; i++)
    hash = BigInt.asUintN(64, (hash ^ BigInt(key.charCodeAt(i))) * 0x100000001b3n);
  hash = BigInt.asUintN(64, (hash ^ (hash >> 32n)) * 0xd6e8feb86659fd93n);
  hash ^= hash >> 32n;
  return hash === 0n ? 1n : hash;
}
