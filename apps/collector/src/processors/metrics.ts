import { metricNames } from "@weir/domain";
import type { DecisionPoint, EdgePoint, MetricPoint } from "@weir/store";
import {
  type Attributes,
  type ExportMetricsServiceRequest,
  type Metric,
  temporality,
} from "@weir/telemetry/otlp";
import type { AttributeRules } from "./attribute-rules/attribute-rules.ts";
import { DecisionPoints } from "./decision-points.ts";
import { EdgePoints } from "./edge-points.ts";
import { isFromMesh } from "./mesh-edge.ts";
import { MetricPoints } from "./metric-points.ts";
import type { Rejections } from "./rejections.ts";
import { redactedSender, type Sender, senderOf } from "./sender.ts";

export interface MetricRows {
  readonly edgePoints: EdgePoint[];
  readonly decisionPoints: DecisionPoint[];
  readonly metricPoints: MetricPoint[];
}

const durations: readonly string[] = [metricNames.clientDuration, metricNames.serverDuration];
const sums: readonly string[] = [metricNames.requestBytes, metricNames.responseBytes, metricNames.decisions];

/** The points of a request: the mesh's own as edges and decisions, all others as they are. */
export function metricsOf(
  request: ExportMetricsServiceRequest,
  rules: AttributeRules,
  rejections: Rejections,
): MetricRows {
  const rows = { edges: new EdgePoints(), decisions: new DecisionPoints(), others: new MetricPoints(rules) };
  for (const { resource, scopeMetrics } of request.resourceMetrics) {
    const sender = redactedSender(senderOf(resource), rules);
    for (const { metrics } of scopeMetrics)
      for (const metric of metrics) add(metric, sender, rows, rejections);
  }
  return {
    edgePoints: rows.edges.all(),
    decisionPoints: rows.decisions.all(),
    metricPoints: rows.others.all(),
  };
}

interface Rows {
  readonly edges: EdgePoints;
  readonly decisions: DecisionPoints;
  readonly others: MetricPoints;
}

function add(metric: Metric, sender: Sender, rows: Rows, rejections: Rejections): void {
  const isOfMesh = durations.includes(metric.name)
    ? // Any instrumented service sends metrics of these names; a sidecar's say who reports them.
      pointsOf(metric).some(isFromMesh)
    : sums.includes(metric.name);
  if (isOfMesh) addOfMesh(metric, rows, rejections);
  else rows.others.add(metric, sender, rejections);
}

function addOfMesh(metric: Metric, { edges, decisions }: Rows, rejections: Rejections): void {
  const isDuration = durations.includes(metric.name);
  const data = isDuration ? metric.exponentialHistogram : metric.sum;
  if (!data) rejections.add("wrong_type", countPoints(metric));
  else if (data.aggregationTemporality !== temporality.delta)
    rejections.add("not_delta", countPoints(metric));
  else if (isDuration)
    for (const point of metric.exponentialHistogram?.dataPoints ?? [])
      rejections.add(edges.addDuration(metric, point));
  else
    for (const point of metric.sum?.dataPoints ?? [])
      rejections.add(
        metric.name === metricNames.decisions ? decisions.add(point) : edges.addBytes(metric, point),
      );
}

/** Data points of a metric of whatever kind. */
export function countPoints(metric: Metric): number {
  return pointsOf(metric).length;
}

function pointsOf(metric: Metric): readonly { readonly attributes: Attributes }[] {
  const { gauge, sum, histogram, exponentialHistogram, summary } = metric;
  return (gauge ?? sum ?? histogram ?? exponentialHistogram ?? summary)?.dataPoints ?? [];
}
