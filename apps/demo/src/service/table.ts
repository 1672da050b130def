import { closeSync, copyFileSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { writeFileAtomic } from "./write-file-atomic.ts";

/**
 * A small keyed table: served from memory, every change appended to a file before it counts. A process killed at any
 * moment finds all its rows again at the next start.
 */
export type Table<T> = {
  get(key: string): T | undefined;
  /** Stores the row as the youngest one. The oldest rows beyond `keep` are forgotten. */
  put(key: string, row: T): void;
  delete(key: string): void;
  /** Oldest first. */
  rows(): T[];
  close(): void;
};

export type TableSettings = {
  /** The most rows kept. */
  keep: number;
  /** Told how many lines could not be read; the file has been copied to `<file>.damaged` before it is rewritten. */
  onDamage?: (lines: number) => void;
};

/** One line a change: `["key", row]`, or `["key"]` for a deletion. Rewritten (atomically) when mostly outdated. */
export function openTable<T>(file: string, { keep, onDamage }: TableSettings): Table<T> {
  mkdirSync(dirname(file), { recursive: true });
  const { rows, lines: linesRead, damaged } = load<T>(file);
  if (damaged > 0) {
    copyFileSync(file, `${file}.damaged`);
    onDamage?.(damaged);
  }
  trim();
  let lines = linesRead;
  let isTorn = false;
  let descriptor = rewrite();

  function trim(): void {
    for (const key of rows.keys()) {
      if (rows.size <= keep) return;
      rows.delete(key);
    }
  }

  function rewrite(): number {
    writeFileAtomic(file, [...rows].map(([key, row]) => `${JSON.stringify([key, row])}\n`).join(""));
    lines = rows.size;
    return openSync(file, "a");
  }

  function append(change: [string] | [string, T]): void {
    if (lines > keep * 2 + 100) {
      closeSync(descriptor);
      descriptor = rewrite();
    }
    const line = Buffer.from(`${isTorn ? "\n" : ""}${JSON.stringify(change)}\n`);
    isTorn = true; // until the whole line is there: a full disk may take a part of it, or throw
    const written = writeSync(descriptor, line);
    if (written < line.length) throw new Error(`only a part of a row could be written to ${file}`);
    isTorn = false;
    lines += 1;
  }

  return {
    get: (key) => rows.get(key),
    put(key, row) {
      append([key, row]);
      rows.delete(key);
      rows.set(key, row);
      trim();
    },
    delete(key) {
      if (!rows.has(key)) return;
      append([key]);
      rows.delete(key);
    },
    rows: () => [...rows.values()],
    close: () => closeSync(descriptor),
  };
}

function load<T>(file: string): { rows: Map<string, T>; lines: number; damaged: number } {
  const rows = new Map<string, T>();
  const lines = readIfThere(file).split("\n").slice(0, -1);
  let damaged = 0;
  for (const line of lines) {
    try {
      const [key, row] = JSON.parse(line) as [string, T?];
      rows.delete(key);
      if (row !== undefined) rows.set(key, row);
    } catch {
      damaged += 1;
    }
  }
  return { rows, lines: lines.length, damaged };
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return "";
    throw cause;
  }
}
