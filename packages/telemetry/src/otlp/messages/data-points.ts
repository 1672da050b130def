import { type Attributes, attributes } from "../attributes.ts";
import { field, optional, packed, repeated } from "../schema/field.ts";
import { count, sfixed64, unixNano, varintCount } from "../schema/int64.ts";
import { message } from "../schema/message.ts";
import { double, hexId, sint32, uint32 } from "../schema/scalars.ts";

/** A measured value that stands for its bucket; one of `asDouble` and `asInt` is set. */
export interface Exemplar {
  readonly filteredAttributes: Attributes;
  readonly timeUnixNano: bigint;
  readonly asDouble: number | undefined;
  readonly asInt: number | bigint | undefined;
  readonly spanId: string;
  readonly traceId: string;
}

const Exemplar = message<Exemplar>({
  filteredAttributes: attributes(7),
  timeUnixNano: field(2, unixNano),
  asDouble: optional(3, double),
  asInt: optional(6, sfixed64),
  spanId: field(4, hexId),
  traceId: field(5, hexId),
});

/** A point of a gauge or a sum; one of `asDouble` and `asInt` is set. */
export interface NumberDataPoint {
  readonly attributes: Attributes;
  readonly startTimeUnixNano: bigint;
  readonly timeUnixNano: bigint;
  readonly asDouble: number | undefined;
  readonly asInt: number | bigint | undefined;
  readonly exemplars: readonly Exemplar[];
  readonly flags: number;
}

export const NumberDataPoint = message<NumberDataPoint>({
  attributes: attributes(7),
  startTimeUnixNano: field(2, unixNano),
  timeUnixNano: field(3, unixNano),
  asDouble: optional(4, double),
  asInt: optional(6, sfixed64),
  exemplars: repeated(5, Exemplar),
  flags: field(8, uint32),
});

/** Counts between explicit bounds; one count more than bounds, the last for all above. */
export interface HistogramDataPoint {
  readonly attributes: Attributes;
  readonly startTimeUnixNano: bigint;
  readonly timeUnixNano: bigint;
  readonly count: number;
  readonly sum: number | undefined;
  readonly bucketCounts: readonly number[];
  readonly explicitBounds: readonly number[];
  readonly exemplars: readonly Exemplar[];
  readonly flags: number;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

export const HistogramDataPoint = message<HistogramDataPoint>({
  attributes: attributes(9),
  startTimeUnixNano: field(2, unixNano),
  timeUnixNano: field(3, unixNano),
  count: field(4, count),
  sum: optional(5, double),
  bucketCounts: packed(6, count),
  explicitBounds: packed(7, double),
  exemplars: repeated(8, Exemplar),
  flags: field(10, uint32),
  min: optional(11, double),
  max: optional(12, double),
});

/** Consecutive buckets: `bucketCounts[i]` belongs to index `offset + i`. */
export interface Buckets {
  readonly offset: number;
  readonly bucketCounts: readonly number[];
}

const Buckets = message<Buckets>({ offset: field(1, sint32), bucketCounts: packed(2, varintCount) });

export interface ExponentialHistogramDataPoint {
  readonly attributes: Attributes;
  readonly startTimeUnixNano: bigint;
  readonly timeUnixNano: bigint;
  readonly count: number;
  readonly sum: number | undefined;
  /** Bucket i holds values in (base^i, base^(i+1)], base = 2^(2^-scale). */
  readonly scale: number;
  readonly zeroCount: number;
  readonly positive: Buckets | undefined;
  readonly negative: Buckets | undefined;
  readonly flags: number;
  readonly exemplars: readonly Exemplar[];
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly zeroThreshold: number;
}

export const ExponentialHistogramDataPoint = message<ExponentialHistogramDataPoint>({
  attributes: attributes(1),
  startTimeUnixNano: field(2, unixNano),
  timeUnixNano: field(3, unixNano),
  count: field(4, count),
  sum: optional(5, double),
  scale: field(6, sint32),
  zeroCount: field(7, count),
  positive: optional(8, Buckets),
  negative: optional(9, Buckets),
  flags: field(10, uint32),
  exemplars: repeated(11, Exemplar),
  min: optional(12, double),
  max: optional(13, double),
  zeroThreshold: field(14, double),
});

export interface ValueAtQuantile {
  readonly quantile: number;
  readonly value: number;
}

const ValueAtQuantile = message<ValueAtQuantile>({ quantile: field(1, double), value: field(2, double) });

export interface SummaryDataPoint {
  readonly attributes: Attributes;
  readonly startTimeUnixNano: bigint;
  readonly timeUnixNano: bigint;
  readonly count: number;
  readonly sum: number;
  readonly quantileValues: readonly ValueAtQuantile[];
  readonly flags: number;
}

export const SummaryDataPoint = message<SummaryDataPoint>({
  attributes: attributes(7),
  startTimeUnixNano: field(2, unixNano),
  timeUnixNano: field(3, unixNano),
  count: field(4, count),
  sum: field(5, double),
  quantileValues: repeated(6, ValueAtQuantile),
  flags: field(8, uint32),
});
