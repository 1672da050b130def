import { mergeHistograms } from "@weir/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addColumn } from "./add-pack.ts";
import { BrokenBytes } from "./byte-reader.ts";
import { highestBucket, largestCount, lowestBucket, openPack, packColumns } from "./edge-pack.ts";
import { encodePack } from "./encode-pack.ts";
import { mergePacks } from "./merge-packs.ts";
import { bucketRangeOf, SeriesSums } from "./series-sums.ts";
import { entriesOf, type StoredEdge } from "./testing/stored-edges.ts";

type Entry = Omit<StoredEdge, "slotMs" | "chunk">;

const bucket = fc.integer({ min: lowestBucket, max: highestBucket });
const entryOf = (number: fc.Arbitrary<number>) =>
  fc.record<Entry>({
    seriesId: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    ...{ requests: number, requestBytes: number, responseBytes: number, durationUs: number },
    histogram: fc
      .uniqueArray(fc.tuple(bucket, number), { selector: ([index]) => index, maxLength: 40 })
      .map((buckets) => buckets.filter(([, count]) => count !== 0).sort(([a], [b]) => a - b))
      .map((buckets) => ({ indexes: buckets.map(([i]) => i), counts: buckets.map(([, n]) => n) })),
  });
const entriesWith = (number: fc.Arbitrary<number>) =>
  fc
    .uniqueArray(entryOf(number), { selector: ({ seriesId }) => seriesId, maxLength: 30 })
    .map((entries) => entries.sort((a, b) => a.seriesId - b.seriesId));
const counts = entriesWith(fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: largestCount })));
const signedCounts = entriesWith(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }));

function packOf(entries: readonly Entry[]): Uint8Array | undefined {
  const ranges = entries.map(({ histogram: { indexes } }) => ({
    lowest: indexes[0] ?? 0,
    highest: indexes.at(-1) ?? -1,
  }));
  const sums = new SeriesSums(entries.length, bucketRangeOf(ranges));
  entries.forEach((entry, row) => {
    for (const name of ["requests", "requestBytes", "responseBytes", "durationUs"] as const)
      sums[name][row] = entry[name];
    entry.histogram.indexes.forEach((index, i) => {
      sums.buckets[row * sums.width + index - sums.lowest] = entry.histogram.counts[i] ?? 0;
    });
  });
  return encodePack(
    sums,
    Int32Array.from(entries, ({ seriesId }) => seriesId),
  );
}

const counted = ({ requests, requestBytes, responseBytes, histogram }: Entry) =>
  requests !== 0 || requestBytes !== 0 || responseBytes !== 0 || histogram.counts.length > 0;

describe.each([
  ["counts", counts],
  ["counts that were taken back", signedCounts],
])("%s", (_, arbitrary) => {
  test("come out of a pack as they went in; entries that count nothing are not in it", () => {
    fc.assert(
      fc.property(arbitrary, (entries) => {
        const pack = packOf(entries);
        expect(pack ? entriesOf(pack) : []).toEqual(entries.filter(counted));
      }),
    );
  });

  test("of several packs are their sums", () => {
    const small = entriesWith(fc.integer({ min: arbitrary === counts ? 0 : -50, max: 50 }));
    fc.assert(
      fc.property(fc.array(small, { minLength: 1, maxLength: 5 }), (lists) => {
        const packs = lists.flatMap((entries) => packOf(narrow(entries)) ?? []);
        const merged = packs.length > 0 ? mergePacks(packs) : undefined;
        expect(merged ? entriesOf(merged) : []).toEqual(naiveSum(lists.map(narrow)));
      }),
    );
  });
});

/** Few series, so that packs have some in common. */
function narrow(entries: readonly Entry[]): Entry[] {
  const few = new Map(
    entries.map((entry) => [entry.seriesId % 7, { ...entry, seriesId: entry.seriesId % 7 }]),
  );
  return [...few.values()].sort((a, b) => a.seriesId - b.seriesId);
}

function naiveSum(lists: readonly Entry[][]): Entry[] {
  const bySeries = Map.groupBy(
    lists.flatMap((entries) => entries.filter(counted)),
    ({ seriesId }) => seriesId,
  );
  return [...bySeries]
    .sort(([a], [b]) => a - b)
    .map(([seriesId, own]): Entry => {
      const sum = (name: Exclude<keyof Entry, "histogram">) =>
        own.reduce((total, entry) => total + entry[name], 0);
      const all = mergeHistograms(own.map(({ histogram }) => histogram));
      const kept = all.indexes.filter((_, i) => all.counts[i] !== 0);
      return {
        seriesId,
        ...{ requests: sum("requests"), requestBytes: sum("requestBytes") },
        ...{ responseBytes: sum("responseBytes"), durationUs: sum("durationUs") },
        histogram: { indexes: kept, counts: all.counts.filter((count) => count !== 0) },
      };
    })
    .filter(counted);
}

const one = (change: Partial<Entry>): Entry => ({
  ...{ seriesId: 1, requests: 1, requestBytes: 0, responseBytes: 0, durationUs: 0 },
  histogram: { indexes: [-64, -63, -62], counts: [9, 63, 1] },
  ...change,
});

test.each([
  [255, 1],
  [256, 2],
  [65_536, 4],
])("a bucket that counted %i takes %i bytes", (count, bytes) => {
  const lengthWith = (buckets: number) => {
    const indexes = Array.from({ length: buckets }, (_, i) => i);
    return packOf([one({ histogram: { indexes, counts: indexes.map(() => count) } })])?.length ?? 0;
  };
  expect(lengthWith(20) - lengthWith(10)).toBe(10 * bytes);
});

test("entries that are not asked for are skipped", () => {
  const pack = openPack(
    packOf([one({}), one({ seriesId: 2, requests: 300 }), one({ seriesId: 3 })]) ?? new Uint8Array(),
  );
  const sums = new Float64Array(2);
  addColumn(pack, packColumns.requests, Int32Array.of(-1, 1, -1), sums);
  expect([...sums]).toEqual([0, 300]);
});

test("what is larger than can be told exactly is the largest that can", () => {
  const pack = packOf([one({ requests: 2 ** 60, histogram: { indexes: [0], counts: [2 ** 60] } })]);
  expect(entriesOf(pack ?? new Uint8Array())).toEqual([
    one({ requests: largestCount, histogram: { indexes: [0], counts: [largestCount] } }),
  ]);
});

test("bytes that are cut off, or no pack at all, are refused", () => {
  const pack = packOf([one({}), one({ seriesId: 900 })]) ?? new Uint8Array();
  for (let length = 0; length < pack.length; length++)
    expect(() => openPack(pack.subarray(0, length))).toThrow(BrokenBytes);
  expect(() => openPack(Uint8Array.of(3, ...pack.subarray(1)))).toThrow(/format 3/);
});
