import { type Attributes, attributes } from "../attributes.ts";
import { field, optional, repeated } from "../schema/field.ts";
import { message } from "../schema/message.ts";
import { bool, enumeration, string } from "../schema/scalars.ts";
import { InstrumentationScope, Resource } from "./common.ts";
import {
  ExponentialHistogramDataPoint,
  HistogramDataPoint,
  NumberDataPoint,
  SummaryDataPoint,
} from "./data-points.ts";

/** Values of `aggregationTemporality`. */
export const temporality = { unspecified: 0, delta: 1, cumulative: 2 } as const;

const AggregationTemporality = enumeration([
  "AGGREGATION_TEMPORALITY_UNSPECIFIED",
  "AGGREGATION_TEMPORALITY_DELTA",
  "AGGREGATION_TEMPORALITY_CUMULATIVE",
]);

interface Gauge {
  readonly dataPoints: readonly NumberDataPoint[];
}

const Gauge = message<Gauge>({ dataPoints: repeated(1, NumberDataPoint) });

interface Sum {
  readonly dataPoints: readonly NumberDataPoint[];
  readonly aggregationTemporality: number;
  readonly isMonotonic: boolean;
}

const Sum = message<Sum>({
  dataPoints: repeated(1, NumberDataPoint),
  aggregationTemporality: field(2, AggregationTemporality),
  isMonotonic: field(3, bool),
});

interface Histogram {
  readonly dataPoints: readonly HistogramDataPoint[];
  readonly aggregationTemporality: number;
}

const Histogram = message<Histogram>({
  dataPoints: repeated(1, HistogramDataPoint),
  aggregationTemporality: field(2, AggregationTemporality),
});

interface ExponentialHistogram {
  readonly dataPoints: readonly ExponentialHistogramDataPoint[];
  readonly aggregationTemporality: number;
}

const ExponentialHistogram = message<ExponentialHistogram>({
  dataPoints: repeated(1, ExponentialHistogramDataPoint),
  aggregationTemporality: field(2, AggregationTemporality),
});

interface Summary {
  readonly dataPoints: readonly SummaryDataPoint[];
}

const Summary = message<Summary>({ dataPoints: repeated(1, SummaryDataPoint) });

/** opentelemetry.proto.metrics.v1.Metric; at most one of the five kinds of data is set. */
export interface Metric {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly gauge: Gauge | undefined;
  readonly sum: Sum | undefined;
  readonly histogram: Histogram | undefined;
  readonly exponentialHistogram: ExponentialHistogram | undefined;
  readonly summary: Summary | undefined;
  readonly metadata: Attributes;
}

const Metric = message<Metric>(
  {
    name: field(1, string),
    description: field(2, string),
    unit: field(3, string),
    gauge: optional(5, Gauge),
    sum: optional(7, Sum),
    histogram: optional(9, Histogram),
    exponentialHistogram: optional(10, ExponentialHistogram),
    summary: optional(11, Summary),
    metadata: attributes(12),
  },
  { oneof: ["gauge", "sum", "histogram", "exponentialHistogram", "summary"] },
);

export interface ScopeMetrics {
  readonly scope: InstrumentationScope | undefined;
  readonly metrics: readonly Metric[];
  readonly schemaUrl: string;
}

const ScopeMetrics = message<ScopeMetrics>({
  scope: optional(1, InstrumentationScope),
  metrics: repeated(2, Metric),
  schemaUrl: field(3, string),
});

export interface ResourceMetrics {
  readonly resource: Resource | undefined;
  readonly scopeMetrics: readonly ScopeMetrics[];
  readonly schemaUrl: string;
}

const ResourceMetrics = message<ResourceMetrics>({
  resource: optional(1, Resource),
  scopeMetrics: repeated(2, ScopeMetrics),
  schemaUrl: field(3, string),
});

/** opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest */
export interface ExportMetricsServiceRequest {
  readonly resourceMetrics: readonly ResourceMetrics[];
}

export const ExportMetricsServiceRequest = message<ExportMetricsServiceRequest>({
  resourceMetrics: repeated(1, ResourceMetrics),
});
