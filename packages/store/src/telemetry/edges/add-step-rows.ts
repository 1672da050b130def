import { connectionSecurities } from "@weir/domain";
import type { StepRows } from "./each-group.ts";
import { bucketRangeOf, SeriesSums } from "./series-sums.ts";
import { securedRows } from "./sum-chunk.ts";

/** Both together, row by row: what chunks tell of one group. They have as many rows. */
export function addStepRows(a: StepRows | undefined, b: StepRows): StepRows {
  if (!a) return b;
  const count = b.rows.length;
  const ranges = [a, b].map(({ sums }) => ({ lowest: sums.lowest, highest: sums.lowest + sums.width - 1 }));
  const sum: StepRows = {
    sums: new SeriesSums(count, bucketRangeOf(ranges)),
    errors: new Float64Array(count),
    clientErrors: new Float64Array(count),
    grpcErrors: new Float64Array(count),
    flags: new Map(),
    secured: securedRows(count),
    resends: new Float64Array(count),
    rows: Array.from({ length: count }, (_, row) => row),
  };
  for (const part of [a, b]) addTo(sum, part);
  return sum;
}

function addTo(sum: StepRows, part: StepRows): void {
  const columns = [
    ...(["requests", "requestBytes", "responseBytes", "durationUs"] as const).map(
      (name) => [sum.sums[name], part.sums[name]] as const,
    ),
    ...(["errors", "clientErrors", "grpcErrors", "resends"] as const).map(
      (name) => [sum[name], part[name]] as const,
    ),
    ...connectionSecurities.map((name) => [sum.secured[name], part.secured[name]] as const),
  ];
  part.rows.forEach((from, row) => {
    for (const [to, own] of columns) to[row] = (to[row] as number) + (own[from] as number);
    addBuckets(sum.sums, row, part.sums, from);
  });
}

function addBuckets(sum: SeriesSums, row: number, part: SeriesSums, from: number): void {
  const start = row * sum.width + part.lowest - sum.lowest;
  for (let i = 0; i < part.width; i++) {
    const own = part.buckets[from * part.width + i] as number;
    if (own !== 0) sum.buckets[start + i] = (sum.buckets[start + i] as number) + own;
  }
}
