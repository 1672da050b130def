import { Worker } from "node:worker_threads";
import { addHeld } from "@weir/domain/request-path";
import { expect, test } from "vitest";
import { newCellsBuffer, releaseHeld, sharedCells } from "./shared-cells.ts";

test("a key is the same memory in every table over the buffer, and no other key's", () => {
  const buffer = newCellsBuffer(64);
  const here = sharedCells(buffer).cells;
  const there = sharedCells(buffer).cells;
  for (let i = 0; i < 64; i++) Atomics.store(here(`key ${i}`, 8), 7, i);
  for (let i = 63; i >= 0; i--) expect([...there(`key ${i}`, 8)]).toEqual([0, 0, 0, 0, 0, 0, 0, i]);
  expect(here("key 1", 2)).toBe(here("key 1", 2));
});

test("a full table gives cells of this thread alone and counts it", () => {
  const buffer = newCellsBuffer(2);
  const table = sharedCells(buffer);
  const other = sharedCells(buffer);
  for (const key of ["a", "b", "c"]) Atomics.add(table.cells(key, 1), 0, 1);
  Atomics.add(table.cells("c", 1), 0, 1);
  expect(["a", "b", "c"].map((key) => other.cells(key, 1)[0])).toEqual([1, 1, 0]);
  expect(table.cells("c", 1)[0]).toBe(2);
  expect(table.localKeys).toBe(2);
});

test("what a worker held when it ended is given back, and nothing else", () => {
  const buffer = newCellsBuffer(64, 3);
  const [first, last] = [sharedCells(buffer, 0).cells, sharedCells(buffer, 2).cells];
  for (let i = 0; i < 64; i++) {
    addHeld(first(`key ${i}`, 4), 3, 2);
    addHeld(last(`key ${i}`, 4), 3, i);
    addHeld(last(`key ${i}`, 4), 3, -1);
    Atomics.add(first(`key ${i}`, 4), 0, 7);
  }
  const countsOf = (i: number) => [...sharedCells(buffer).cells(`key ${i}`, 8)];
  expect(countsOf(9)).toEqual([7, 0, 0, 10, 0, 0, 0, 0]);
  releaseHeld(buffer, 2);
  releaseHeld(buffer, 2);
  for (let i = 0; i < 64; i++) expect(countsOf(i)).toEqual([7, 0, 0, 2, 0, 0, 0, 0]);
  releaseHeld(buffer, 0);
  expect(countsOf(0)).toEqual([7, 0, 0, 0, 0, 0, 0, 0]);
});

const insertAll = `
  import { parentPort, workerData } from "node:worker_threads";
  const { sharedCells } = await import(workerData.module);
  const { buffer, gate, keys } = workerData;
  const { cells } = sharedCells(buffer);
  Atomics.add(gate, 0, 1);
  while (Atomics.load(gate, 0) < gate[1]) {}
  for (let i = 0; i < keys; i++) Atomics.add(cells("key " + i, 1), 0, 1);
  parentPort.postMessage("done");
`;

test("threads that insert the same keys at once agree on every slot", async () => {
  const keys = 2_000;
  const threads = 3;
  const buffer = newCellsBuffer(keys);
  const gate = new Int32Array(new SharedArrayBuffer(8));
  gate[1] = threads;
  const url = new URL(`data:text/javascript,${encodeURIComponent(insertAll)}`);
  const workerData = { module: new URL("./shared-cells.ts", import.meta.url).href, buffer, gate, keys };
  await Promise.all(
    Array.from(
      { length: threads },
      () =>
        new Promise((resolve, reject) => {
          new Worker(url, { workerData }).once("message", resolve).once("error", reject);
        }),
    ),
  );
  const { cells, localKeys } = sharedCells(buffer);
  for (let i = 0; i < keys; i++) expect(cells(`key ${i}`, 1)[0]).toBe(threads);
  expect(localKeys).toBe(0);
});
