import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Gap, readRecords } from "./read-records.ts";
import { encodeHeader, recordMagic, type SpoolRequest } from "./record.ts";
import { requestOf, textOf } from "./testing/test-requests.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "weir-records-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const recordOf = (request: SpoolRequest): Buffer => Buffer.concat([encodeHeader(request), request.body]);

interface Found {
  readonly texts: string[];
  readonly ends: number[];
  readonly gaps: Gap[];
}

async function readAll(bytes: Buffer, change: (file: FileHandle) => void = () => {}): Promise<Found> {
  const path = join(directory, "file");
  writeFileSync(path, bytes);
  const file = await open(path, "r");
  const found: Found = { texts: [], ends: [], gaps: [] };
  try {
    change(file);
    for await (const { request, end } of readRecords(file, 0, bytes.length, (gap) => found.gaps.push(gap))) {
      found.texts.push(textOf(request));
      found.ends.push(end);
    }
    return found;
  } finally {
    await file.close();
  }
}

test("records of any length come back in order, those larger than a window too", async () => {
  const requests = [0, 1, 5000, 1024 * 1024, 0, 3 * 1024 * 1024 + 7, 12].map((bytes, i) =>
    requestOf(bytes > 0 ? String(i) : "", bytes),
  );
  const { texts, ends, gaps } = await readAll(Buffer.concat(requests.map(recordOf)));
  expect(texts).toEqual(["", "1", "2", "3", "", "5", "6"]);
  expect(ends.at(-1)).toBe(requests.reduce((sum, { body }) => sum + 28 + body.length, 0));
  expect(gaps).toEqual([]);
});

test("whatever bytes are damaged, every record that they do not touch is found, and the gaps cover the rest", async () => {
  const sizes = fc.array(fc.nat(400), { minLength: 1, maxLength: 12 });
  const damages = fc.array(
    fc.record({ at: fc.double({ min: 0, max: 0.999, noNaN: true }), bytes: fc.integer({ min: 1, max: 90 }) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  );
  await fc.assert(
    fc.asyncProperty(sizes, damages, async (bodyBytes, places) => {
      const records = bodyBytes.map((bytes, i) => recordOf(requestOf(String(i), Math.max(bytes, 2))));
      const file = Buffer.concat(records);
      const touched = new Set<number>();
      for (const { at, bytes } of places) {
        const from = Math.floor(at * file.length);
        for (let i = from; i < Math.min(file.length, from + bytes); i++) {
          file[i] = (file[i] ?? 0) ^ 0x55;
          touched.has(i) ? touched.delete(i) : touched.add(i);
        }
      }
      let end = 0;
      const intact = records.flatMap((record, i) => {
        const from = end;
        end += record.length;
        for (let byte = from; byte < end; byte++) if (touched.has(byte)) return [];
        return [{ text: String(i), from, end }];
      });
      const { texts, gaps } = await readAll(file);
      expect(texts).toEqual(intact.map(({ text }) => text));
      const covered = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
      expect(covered).toBe(file.length - intact.reduce((sum, { from, end }) => sum + end - from, 0));
    }),
    { numRuns: 60 },
  );
});

test("a record that is no longer whole ends in a gap, wherever it was cut off", async () => {
  const whole = recordOf(requestOf("whole"));
  const cut = recordOf(requestOf("cut off here"));
  for (let bytes = 1; bytes < cut.length; bytes++) {
    const { texts, gaps } = await readAll(Buffer.concat([whole, cut.subarray(0, bytes)]));
    expect(texts).toEqual(["whole"]);
    expect(gaps).toEqual([{ from: whole.length, to: whole.length + bytes }]);
  }
});

test("what looks like the beginning of a record in a body, or in rubbish, is none", async () => {
  const body = Buffer.concat([recordMagic, recordMagic, Buffer.alloc(100, 7)]);
  const record = recordOf({ ...requestOf(""), body });
  const rubbish = Buffer.concat([recordMagic, Buffer.alloc(2 * 1024 * 1024, 3), recordMagic]);
  const { ends, gaps } = await readAll(Buffer.concat([record, rubbish, record]));
  expect(ends).toHaveLength(2);
  expect(gaps).toEqual([{ from: record.length, to: record.length + rubbish.length }]);
});

test("a part that the disk cannot read costs the rest of the file; an error that passes is thrown", async () => {
  const record = recordOf(requestOf("one", 700_000));
  const bytes = Buffer.concat([record, record, record]);
  /** From its second window on, the file gives this error instead of bytes. */
  const failing = (code: string) => (file: FileHandle) => {
    const read = file.read.bind(file) as (...given: unknown[]) => Promise<unknown>;
    const change = {
      read: (...given: unknown[]) =>
        Number(given[3]) > 0 ? Promise.reject(Object.assign(new Error(code), { code })) : read(...given),
    };
    Object.assign(file, change);
  };
  const { texts, gaps } = await readAll(bytes, failing("EIO"));
  expect(texts).toEqual(["one"]);
  expect(gaps).toEqual([{ from: record.length, to: bytes.length, unreadable: true }]);
  await expect(readAll(bytes, failing("EMFILE"))).rejects.toThrow("EMFILE");
});
