import {
  bucketIndex,
  type ConnectionSecurity,
  connectionSecurities,
  mergeHistograms,
  meshAttributes,
  metricNames,
  type SparseHistogram,
} from "@weir/domain";
import { type EdgePoint, statusClasses } from "@weir/store";
import type {
  Attributes,
  Exemplar,
  ExponentialHistogramDataPoint,
  Metric,
  NumberDataPoint,
} from "@weir/telemetry/otlp";
import { isCount, sparseHistogramOf } from "./exponential-buckets.ts";
import { isTraceId } from "./ids.ts";
import { meshEdgeOf, statusOf, textOf } from "./mesh-edge.ts";
import type { RejectionReason } from "./rejections.ts";
import { isTime, millisecondsOf } from "./times.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Durations and bytes come as metrics of their own; here they meet again as one point for each series and interval. */
export class EdgePoints {
  readonly #points = new Map<string, Mutable<EdgePoint>>();

  /** A point of `http.{client,server}.request.duration` from a sidecar; says why it cannot be taken. */
  addDuration(metric: Metric, point: ExponentialHistogramDataPoint): RejectionReason | undefined {
    if (metric.unit !== "s" && metric.unit !== "") return "wrong_unit";
    const histogram = sparseHistogramOf(point);
    const isNegative = point.negative?.bucketCounts.some((count) => count > 0);
    if (!histogram || !isCount(point.count) || isNegative) return "out_of_range";
    return this.#add(point, (total) => {
      total.requests += point.count;
      total.durationSumSeconds += Number.isFinite(point.sum) ? (point.sum ?? 0) : 0;
      total.histogram = add(total.histogram, histogram);
      total.exemplars = [...total.exemplars, ...point.exemplars.flatMap(exemplarOf)];
    });
  }

  /** A point of `weir.request.bytes` or `weir.response.bytes`. */
  addBytes(metric: Metric, point: NumberDataPoint): RejectionReason | undefined {
    const bytes = Number(point.asInt ?? point.asDouble ?? 0);
    if (!isCount(bytes)) return "out_of_range";
    return this.#add(point, (total) => {
      if (metric.name === metricNames.requestBytes) total.requestBytes += bytes;
      else total.responseBytes += bytes;
    });
  }

  all(): EdgePoint[] {
    return [...this.#points.values()];
  }

  #add(
    { attributes, timeUnixNano }: { readonly attributes: Attributes; readonly timeUnixNano: bigint },
    add: (total: Mutable<EdgePoint>) => void,
  ): RejectionReason | undefined {
    const edge = meshEdgeOf(attributes);
    if (!edge) return "missing_attribute";
    if (!isTime(timeUnixNano)) return "invalid_time";
    const series = {
      timeMs: millisecondsOf(timeUnixNano),
      ...edge,
      protocol: textOf(attributes, meshAttributes.protocol, "http"),
      method: textOf(attributes, meshAttributes.method),
      statusClass: statusClassOf(attributes),
      flag: textOf(attributes, meshAttributes.responseFlag),
      security: securityOf(attributes),
      resends: resendsOf(attributes),
    };
    const key = JSON.stringify(series);
    const total = this.#points.get(key) ?? { ...series, ...nothing };
    this.#points.set(key, total);
    add(total);
    return undefined;
  }
}

const nothing = {
  requests: 0,
  requestBytes: 0,
  responseBytes: 0,
  durationSumSeconds: 0,
  histogram: { indexes: [], counts: [] },
  exemplars: [],
} satisfies Partial<EdgePoint>;

/**
 * First digit of the status; 0 without a response, as for codes that HTTP does not know (RFC 9110 15). An answer that
 * went well for HTTP and not for gRPC (status 1 to 16) has a class of its own.
 */
function statusClassOf(attributes: Attributes): number {
  const statusClass = Math.floor(statusOf(attributes) / 100);
  const grpcStatus = Number(attributes[meshAttributes.grpcStatus] ?? 0);
  if (statusClass === 2 && grpcStatus >= 1 && grpcStatus <= 16) return statusClasses.grpcError;
  return statusClass <= 5 ? statusClass : 0;
}

/** Istio says `unknown` where it is. */
function securityOf(attributes: Attributes): ConnectionSecurity | undefined {
  const told = attributes[meshAttributes.security];
  return connectionSecurities.find((known) => known === told);
}

/** More are counted as so many: what tells series apart must have few values. */
const mostResends = 20;

function resendsOf(attributes: Attributes): number {
  const told = Number(attributes[meshAttributes.resends] ?? 0);
  return told > 0 ? Math.min(Math.trunc(told), mostResends) : 0;
}

function add(total: SparseHistogram, more: SparseHistogram): SparseHistogram {
  return total.indexes.length === 0 ? more : mergeHistograms([total, more]);
}

function exemplarOf({ traceId, asDouble, asInt }: Exemplar): EdgePoint["exemplars"] {
  const seconds = Number(asDouble ?? asInt ?? 0);
  return isTraceId(traceId) && Number.isFinite(seconds)
    ? [{ bucketIndex: bucketIndex(seconds), traceId }]
    : [];
}
