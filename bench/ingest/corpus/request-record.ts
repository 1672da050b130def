import type { RequestRecord } from "../../../packages/proxy/src/telemetry/request-record.ts";

/** Of all services whose sidecars this benchmark plays. */
export const sidecarNamespace = "bench";

type Own = Pick<RequestRecord, "direction" | "source" | "destination" | "startMs"> & Partial<RequestRecord>;

/** A request as a sidecar records it: a quick GET that went well, unless told otherwise. */
export function requestRecord(own: Own): RequestRecord {
  return {
    ...{ protocol: "http", method: "GET", host: own.destination.service, path: "/", route: "" },
    ...{ status: 200, grpcStatus: undefined, flag: "", durationMs: 5, upstreamMs: 4 },
    ...{ requestBytes: 300, responseBytes: 4_000, decisions: [], peerAddress: "127.0.0.1" },
    traceId: "0af7651916cd43dd8448eb211c80319c",
    spanId: "b7ad6b7169203331",
    parentSpanId: undefined,
    sampled: false,
    security: "none",
    resends: 0,
    ...own,
  };
}
