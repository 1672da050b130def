import { statSync, truncateSync } from "node:fs";
import { appendFile, readdir, readFile, unlink, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { SpoolSettings } from "./open-spool.ts";
import { headerBytes } from "./record.ts";
import type { Spool } from "./spool.ts";
import { drain, requestOf, textOf } from "./testing/test-requests.ts";
import { silent, TestSpool } from "./testing/test-spool.ts";

const bench = new TestSpool();
const all = { bytes: Number.POSITIVE_INFINITY, requests: Number.POSITIVE_INFINITY };
const bodyBytes = 72;
const recordBytes = headerBytes + bodyBytes;
/** Files of four records each. */
const settings: Partial<SpoolSettings> = { segmentBytes: 4 * recordBytes };
const texts = Array.from({ length: 18 }, (_, i) => String(i));

/** 18 requests in five files, of which the last is the one that was written to. */
async function filled(): Promise<Spool> {
  const spool = await bench.open(settings);
  for (const text of texts) await spool.append(requestOf(text, bodyBytes));
  expect(await bench.segments()).toHaveLength(5);
  return spool;
}

async function turnByte(file: number, at: number): Promise<void> {
  const path = bench.path((await bench.segments())[file] ?? "");
  const bytes = await readFile(path);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  await writeFile(path, bytes);
}

const without = (...lost: number[]): string[] => texts.filter((text) => !lost.includes(Number(text)));

describe("after a restart", () => {
  test.each([
    1,
    40,
    bodyBytes,
    bodyBytes + 1,
    recordBytes - 1,
    recordBytes,
    recordBytes + 1,
    150,
    2 * recordBytes - 1,
  ])("a tail that is no whole record, %d bytes being cut off, is removed and counted", async (cut) => {
    await filled();
    const left = 2 * recordBytes - cut;
    truncateSync(bench.path((await bench.segments()).at(-1) ?? ""), left);
    let spool = await bench.reopen(settings);
    expect(spool.counts).toMatchObject({ tornBytes: left % recordBytes, damagedBytes: 0 });
    spool = await bench.reopen(settings);
    expect(spool.counts.tornBytes).toBe(0);
    await spool.append(requestOf("new"));
    expect(await drain(spool)).toEqual([...texts.slice(0, 16 + Math.floor(left / recordBytes)), "new"]);
  });

  test("a tail of zeros, as a file system leaves behind, is cut off", async () => {
    await filled();
    const path = bench.path((await bench.segments()).at(-1) ?? "");
    await appendFile(path, Buffer.alloc(5000));
    const spool = await bench.reopen(settings);
    expect(spool.counts).toMatchObject({ tornBytes: 5000, damagedBytes: 0 });
    expect(statSync(path).size).toBe(2 * recordBytes);
    expect(await drain(spool)).toEqual(texts);
  });

  test.each`
    what                                  | file | at                               | lost
    ${"a body in the middle"}             | ${1} | ${recordBytes + headerBytes + 3} | ${[5]}
    ${"a length"}                         | ${1} | ${2 * recordBytes + 4}           | ${[6]}
    ${"the first byte"}                   | ${0} | ${0}                             | ${[0]}
    ${"the last record of an older file"} | ${2} | ${4 * recordBytes - 1}           | ${[11]}
    ${"the last file, not at its end"}    | ${4} | ${headerBytes}                   | ${[16]}
  `(
    "$what is damaged: that record is lost, counted and told, and its file kept",
    async ({ file, at, lost }) => {
      await filled();
      await turnByte(file, at);
      const errors: unknown[] = [];
      const log = { ...silent, info() {}, warn() {}, error: (line: unknown) => errors.push(line) };
      const name = (await bench.segments())[file];
      const spool = await bench.reopen({ ...settings, log });
      expect(spool.counts).toMatchObject({ damagedBytes: recordBytes, tornBytes: 0 });
      expect(errors).toEqual([expect.objectContaining({ file: bench.path(name ?? "") })]);
      expect(spool.depth.requests).toBe(17);
      expect(await drain(spool)).toEqual(without(...lost));
      expect((await readdir(bench.directory)).filter((found) => found.endsWith(".damaged"))).toEqual([
        `${name}.damaged`,
      ]);
      expect(errors).toHaveLength(1);
      expect([spool.depth.requests, spool.diskBytes]).toEqual([
        0,
        statSync(bench.path(`${name}.damaged`)).size,
      ]);
    },
  );

  test("a file that holds nothing but rubbish is out of the way at once", async () => {
    await filled();
    const [, second = ""] = await bench.segments();
    await writeFile(bench.path(second), Buffer.alloc(4 * recordBytes, 1));
    const spool = await bench.reopen(settings);
    expect(spool.counts.damagedBytes).toBe(4 * recordBytes);
    expect(await drain(spool)).toEqual(without(4, 5, 6, 7));
    expect(await readdir(bench.directory)).toContain(`${second}.damaged`);
  });

  test("all of it is rubbish: it is empty, and works", async () => {
    await filled();
    for (const name of await bench.segments()) await writeFile(bench.path(name), Buffer.alloc(1000, 1));
    const spool = await bench.reopen(settings);
    expect([spool.depth, await bench.segments()]).toEqual([{ requests: 0, bytes: 0 }, []]);
    await spool.append(requestOf("new"));
    expect(await drain(spool)).toEqual(["new"]);
  });

  test("damaged files are kept while there is room for them, and the rest of the spool goes on", async () => {
    const bounded = { ...settings, maxBytes: 8 * 5 * recordBytes };
    await filled();
    for (const file of [0, 1, 2]) await turnByte(file, 3 * recordBytes);
    const spool = await bench.reopen(bounded);
    expect(await drain(spool)).toEqual(without(3, 7, 11));
    expect((await readdir(bench.directory)).filter((name) => name.endsWith(".damaged"))).toHaveLength(1);
    expect(spool.diskBytes).toBe(4 * recordBytes);
  });
});

describe("while it is open", () => {
  test("a record that goes bad is stepped over, counted once, and the file kept", async () => {
    const spool = await filled();
    await turnByte(1, headerBytes);
    await turnByte(4, recordBytes + headerBytes);
    expect((await spool.read(all)).map(textOf)).toEqual(without(4, 17));
    expect(await drain(spool)).toEqual(without(4, 17));
    expect(spool.counts.damagedBytes).toBe(2 * recordBytes);
    expect(spool.depth.requests).toBe(0);
    expect((await readdir(bench.directory)).filter((name) => name.endsWith(".damaged"))).toHaveLength(2);
    await spool.append(requestOf("new"));
    expect(await drain(spool)).toEqual(["new"]);
  });

  test("a file that somebody removes is a loss that is counted, and no end", async () => {
    const spool = await filled();
    const [first = "", , third = ""] = await bench.segments();
    await unlink(bench.path(first));
    await unlink(bench.path(third));
    expect(await drain(spool)).toEqual(without(0, 1, 2, 3, 8, 9, 10, 11));
    expect(spool.counts.damagedBytes).toBe(8 * recordBytes);
    await spool.append(requestOf("new"));
    expect(await drain(spool)).toEqual(["new"]);
  });
});
