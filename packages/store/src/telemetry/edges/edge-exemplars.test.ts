import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeExemplars, type Exemplar, NewestExemplars } from "./edge-exemplars.ts";

const startMs = 1_793_523_600_000;
const exemplar = fc.record<Exemplar>({
  seriesId: fc.integer({ min: 1, max: 20 }),
  bucket: fc.integer({ min: -512, max: 511 }),
  atMs: fc.integer({ min: startMs, max: startMs + 86_400_000 }),
  traceId: fc.uint8Array({ minLength: 16, maxLength: 16 }),
});

test.each([0, 1, 2, 3])("of each series and 2^%i buckets the newest comes out again", (shift) => {
  fc.assert(
    fc.property(fc.array(exemplar, { maxLength: 100 }), (exemplars) => {
      const newest = new NewestExemplars(shift);
      for (const one of exemplars) newest.add(one);
      const encoded = newest.encode(startMs);
      const kept = encoded ? [...decodeExemplars(encoded, startMs)] : [];
      const groupOf = ({ seriesId, bucket }: Exemplar) => `${seriesId} ${Math.floor(bucket / 2 ** shift)}`;
      const expected = [...Map.groupBy(exemplars, groupOf).values()].map((own) =>
        own.reduce((a, b) => (b.atMs >= a.atMs ? b : a)),
      );
      expect(kept).toHaveLength(expected.length);
      expect(kept).toEqual(expect.arrayContaining(expected));
    }),
  );
});
