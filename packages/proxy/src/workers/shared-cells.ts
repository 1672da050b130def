import { type Cells, localCells, maxCells } from "@weir/domain/request-path";

/** Cells that all threads which were given one buffer share. */
export interface SharedCells {
  readonly cells: Cells;
  /** Keys that found the table full and got cells of this thread alone, in all threads. */
  readonly localKeys: number;
}

const headerBytes = 8;
const localKeysCell = 0;
const workersCell = 1;
const keyBytes = 8;
const slotBytes = maxCells * Int32Array.BYTES_PER_ELEMENT;

/**
 * Memory for so many keys: 40 bytes each, and 32 more for each worker's own share of what is held. What is not used
 * takes no resident memory.
 */
export function newCellsBuffer(slots = 16_384, workers = 0): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(headerBytes + slots * (keyBytes + slotBytes * (1 + workers)));
  new Int32Array(buffer)[workersCell] = workers;
  return buffer;
}

/**
 * A hash table in the buffer, from the 64-bit hash of a key to its cells, so that threads agree on where a key's
 * cells are without a message: a slot belongs to whoever exchanges its hash first (open addressing, lock-free).
 * Keys are never removed. A full table costs exactness, not service: the key gets cells of this thread alone.
 * `worker`, below the number the buffer was made for, has its own share of what is held noted behind the cells (domain: `addHeld`).
 */
export function sharedCells(buffer: SharedArrayBuffer, worker?: number): SharedCells {
  const { header, slots, hashes, strideBytes } = layoutOf(buffer);
  const known = new Map<string, Int32Array>();
  const local = localCells();
  const find = (key: string, count: number): Int32Array => {
    const slot = claimSlot(hashes, hashOf(key));
    if (slot !== undefined) {
      const length = worker === undefined ? count : maxCells * (worker + 2);
      return new Int32Array(buffer, headerBytes + slots * keyBytes + slot * strideBytes, length);
    }
    Atomics.add(header, localKeysCell, 1);
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
      return Atomics.load(header, localKeysCell);
    },
  };
}

/** Gives back all that a worker held when it ended. It must have ended. */
export function releaseHeld(buffer: SharedArrayBuffer, worker: number): void {
  const { slots, hashes, strideBytes } = layoutOf(buffer);
  for (let slot = 0; slot < slots; slot++) {
    if (Atomics.load(hashes, slot) === 0n) continue;
    const at = headerBytes + slots * keyBytes + slot * strideBytes;
    const shared = new Int32Array(buffer, at, maxCells);
    const own = new Int32Array(buffer, at + slotBytes * (1 + worker), maxCells);
    for (let cell = 0; cell < maxCells; cell++) Atomics.sub(shared, cell, Atomics.exchange(own, cell, 0));
  }
}

interface Layout {
  readonly header: Int32Array;
  readonly slots: number;
  readonly hashes: BigUint64Array;
  /** From one key's cells to the next one's: the shared ones, then each worker's own. */
  readonly strideBytes: number;
}

function layoutOf(buffer: SharedArrayBuffer): Layout {
  const header = new Int32Array(buffer, 0, 2);
  const strideBytes = slotBytes * (1 + (header[workersCell] ?? 0));
  const slots = Math.floor((buffer.byteLength - headerBytes) / (keyBytes + strideBytes));
  return { header, slots, hashes: new BigUint64Array(buffer, headerBytes, slots), strideBytes };
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
