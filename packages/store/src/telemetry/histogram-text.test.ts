import { mergeHistograms } from "@weir/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createHistogramSums, mergeHistogramTexts } from "./histogram-text.ts";

const bucket = fc.tuple(fc.integer({ min: -32_768, max: 32_767 }), fc.integer({ min: 1, max: 2 ** 40 }));
const histogram = fc
  .uniqueArray(bucket, { selector: ([index]) => index, maxLength: 20 })
  .map((buckets) => ({ indexes: buckets.map(([i]) => i), counts: buckets.map(([, n]) => n) }));

test("is the domain's merging, of what Postgres writes, one after the other", () => {
  const sums = createHistogramSums();
  fc.assert(
    fc.property(fc.array(histogram, { maxLength: 6 }), (histograms) => {
      const text = (lists: readonly (readonly number[])[]) =>
        lists.map((list) => `{${list.join(",")}}`).join("");
      const merged = mergeHistogramTexts(
        text(histograms.map(({ indexes }) => indexes)),
        text(histograms.map(({ counts }) => counts)),
        sums,
      );
      expect(merged).toEqual(mergeHistograms(histograms));
    }),
  );
});
