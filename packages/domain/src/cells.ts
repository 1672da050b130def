/**
 * Counters that a policy keeps between requests: the same key gives the same memory for as long as the process
 * lives, zeroed at first. The memory may be shared by several threads, so every access goes through Atomics.
 * `count` is at most `maxCells`, and always the same for a key.
 */
export type Cells = (key: string, count: number) => Int32Array;

export const maxCells = 8;

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
