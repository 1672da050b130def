import { EdgeSeriesTable } from "../../../packages/proxy/src/telemetry/edge-series.ts";
import { encodeMetricsRequest } from "../../../packages/proxy/src/telemetry/metrics-request.ts";
import { resourceOf } from "../../../packages/proxy/src/telemetry/resource.ts";
import { requestRecord, sidecarNamespace } from "./request-record.ts";

/** What the sidecar of `source` says of one request that has just been made. */
export function edgeRequest(source: string, nowMs: number): Buffer {
  const self = { namespace: sidecarNamespace, service: source, version: "v1" };
  const edges = new EdgeSeriesTable();
  edges.add(
    requestRecord({
      ...{ direction: "outbound", source: self, destination: { ...self, service: "probed" } },
      startMs: nowMs - 5,
    }),
  );
  const interval = { fromMs: nowMs - 2_000, toMs: nowMs };
  return encodeMetricsRequest(resourceOf(self, `${source}-0`), edges.all(), [], interval);
}
