import type { MapEdge } from "../../../server/topology/topology-view.ts";
import {
  briefRate,
  briefSeconds,
  formatBytes,
  formatCount,
  formatShare,
} from "../../../ui/format/numbers.ts";

/** What labels of edges can say; `traffic` is rate, errors and p99 together. */
export const edgeLabels = ["traffic", "rate", "errors", "p50", "p95", "p99", "bytes", "protocol"] as const;
export type EdgeLabel = (typeof edgeLabels)[number];

export const edgeLabelNames: Readonly<Record<EdgeLabel, string>> = {
  traffic: "Traffic",
  rate: "Rate",
  errors: "Errors",
  p50: "p50",
  p95: "p95",
  p99: "p99",
  bytes: "Bytes",
  protocol: "Protocol and security",
};

export interface EdgeLabelText {
  readonly main: string;
  /** Beside the sign of health. */
  readonly aside?: string;
  /** The line below, in a quieter tone. */
  readonly below: string;
}

/** Two lines of some sixteen characters. Of a sample all counts are "at least". */
export function edgeLabelText(edge: MapEdge, label: EdgeLabel): EdgeLabelText {
  const least = edge.sampled ? "≥\u202f" : "";
  const from = edge.evidence === "spans" ? "spans " : "";
  switch (label) {
    case "traffic":
      return {
        main: `${least}${briefRate(edge.rps)}`,
        aside: formatShare(edge.errorShare),
        below: `${from}p99 ${briefSeconds(edge.p99)}`,
      };
    case "rate":
      return {
        main: `${least}${briefRate(edge.rps)}`,
        below: `${least}${formatCount(edge.requests)} in all`,
      };
    case "errors":
      return {
        main: formatShare(edge.errorShare),
        below: `${formatCount(edge.errors)} of ${formatCount(edge.requests)}`,
      };
    case "p50":
    case "p95":
    case "p99":
      return { main: briefSeconds(edge[label]), below: `${from}${label}` };
    case "bytes":
      return edge.evidence === "spans"
        ? { main: "not known", below: "spans tell none" }
        : {
            main: `${formatBytes(edge.requestBytes)} sent`,
            below: `${formatBytes(edge.responseBytes)} back`,
          };
    case "protocol":
      return { main: edge.protocol || "not known", below: "TLS not known" };
  }
}

/** Telemetry that the store keeps has no word on encryption; nothing is guessed from names or ports. */
export const securityWords = "security not known";
