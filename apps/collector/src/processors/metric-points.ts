import type { MetricPoint } from "@weir/store";
import {
  type Attributes,
  type ExponentialHistogramDataPoint,
  type HistogramDataPoint,
  type Metric,
  type NumberDataPoint,
  type SummaryDataPoint,
  temporality,
} from "@weir/telemetry/otlp";
import type { AttributeRules } from "./attribute-rules/attribute-rules.ts";
import { normaliseAttributes } from "./attribute-rules/normalise-attributes.ts";
import { bucketsAtScale4 } from "./exponential-buckets.ts";
import type { RejectionReason, Rejections } from "./rejections.ts";
import type { Sender } from "./sender.ts";
import { isTime, millisecondsOf } from "./times.ts";

type DataPoint = NumberDataPoint | HistogramDataPoint | ExponentialHistogramDataPoint | SummaryDataPoint;

/** Makes rows of metrics that the mesh does not interpret; exponential histograms come to scale 4 here too. */
export class MetricPoints {
  readonly #rules: AttributeRules;
  readonly #points: MetricPoint[] = [];

  constructor(rules: AttributeRules) {
    this.#rules = rules;
  }

  /** Points that cannot be taken are counted in `rejections`. */
  add(metric: Metric, sender: Sender, rejections: Rejections): void {
    const { gauge, sum, histogram, exponentialHistogram, summary } = metric;
    const keep = <P extends DataPoint>(
      kind: string,
      points: readonly P[],
      measured: (point: P) => Pick<MetricPoint, "value" | "histogram"> | undefined,
    ): void => {
      for (const point of points) rejections.add(this.#keep(metric, sender, kind, point, measured(point)));
    };
    if (gauge) keep("gauge", gauge.dataPoints, numberOf);
    if (sum) keep(`${sum.isMonotonic ? "sum" : "updown-sum"}${suffixOf(sum)}`, sum.dataPoints, numberOf);
    if (histogram) keep(`histogram${suffixOf(histogram)}`, histogram.dataPoints, explicitHistogramOf);
    if (exponentialHistogram)
      keep(
        `exponential-histogram${suffixOf(exponentialHistogram)}`,
        exponentialHistogram.dataPoints,
        exponentialHistogramOf,
      );
    if (summary) keep("summary", summary.dataPoints, summaryOf);
  }

  all(): MetricPoint[] {
    return this.#points;
  }

  #keep(
    metric: Metric,
    sender: Sender,
    kind: string,
    point: { readonly attributes: Attributes; readonly timeUnixNano: bigint },
    value: Pick<MetricPoint, "value" | "histogram"> | undefined,
  ): RejectionReason | undefined {
    if (metric.name === "") return "missing_name";
    if (!isTime(point.timeUnixNano)) return "invalid_time";
    if (!value) return "out_of_range";
    this.#points.push({
      timeMs: millisecondsOf(point.timeUnixNano),
      ...sender,
      name: metric.name,
      unit: metric.unit,
      kind,
      attributes: normaliseAttributes(point.attributes, this.#rules),
      ...value,
    });
    return undefined;
  }
}

function suffixOf({ aggregationTemporality }: { readonly aggregationTemporality: number }): string {
  return aggregationTemporality === temporality.delta ? "/delta" : "/cumulative";
}

/** Without a value the point says that there is none now (data model: NO_RECORDED_VALUE). */
function numberOf({ asInt, asDouble }: NumberDataPoint) {
  const value = asDouble ?? asInt;
  return value === undefined ? {} : { value: Number(value) };
}

function explicitHistogramOf({ count, sum, min, max, explicitBounds, bucketCounts }: HistogramDataPoint) {
  return { histogram: { count, sum, min, max, bounds: explicitBounds, counts: bucketCounts } };
}

function exponentialHistogramOf(point: ExponentialHistogramDataPoint) {
  const { count, sum, min, max, zeroCount, zeroThreshold, scale } = point;
  const positive = bucketsAtScale4(point.positive, scale);
  const negative = bucketsAtScale4(point.negative, scale);
  if (!positive || !negative) return undefined;
  return { histogram: { count, sum, min, max, zeroCount, zeroThreshold, positive, negative } };
}

function summaryOf({ count, sum, quantileValues }: SummaryDataPoint) {
  return { histogram: { count, sum, quantiles: quantileValues } };
}
