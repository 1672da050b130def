/**
 * Counters that a policy keeps between requests: the same key gives the same memory for as long as the process
 * lives, zeroed at first. The memory may be shared by several threads, so every access goes through Atomics.
 * `count` is at most `maxCells`, and always the same for a key.
 */
export type Cells = (key: string, count: number) => Int32Array;

export const maxCells = 8;

/**
 * Adds what this thread holds, or has given back, to a cell that counts what all threads hold. Cells shared with
 * other threads are longer than was asked for: their last `maxCells` are this thread's own share of each count, so
 * that what it held can be taken back if it ends without having given it back.
 */
export function addHeld(cells: Int32Array, cell: number, amount: number): void {
  Atomics.add(cells, cell, amount);
  noteHeld(cells, cell, amount);
}

/** The thread's own share alone, after the count was changed otherwise. */
export function noteHeld(cells: Int32Array, cell: number, amount: number): void {
  if (cells.length > maxCells) Atomics.add(cells, cells.length - maxCells + cell, amount);
}

/** Cells of this thread alone. */
export function localCells(): Cells {
  const byKey = new Map<string, Int32Array>();
  return (key, count) => {
    let cells = byKey.get(key);
    if (cells === undefined) {
      cells = new Int32Array(count);
      byKey.set(key, cells);
    }
    return cells;
  };
}
