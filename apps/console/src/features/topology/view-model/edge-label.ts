import type { MapEdge } from "../../../server/topology/topology-view.ts";
import {
  briefRate,
  briefSeconds,
  formatBytes,
  formatCount,
  formatShare,
} from "../../../ui/format/numbers.ts";
import type { MapOutlook } from "./map-outlook.ts";
import { type Lock, lockOf, securityNames, securityShares } from "./security-words.ts";

/**
 * What labels of edges can say; `traffic` is rate, errors and p99 together, `enforced` what policies that observe would do, `draft` what one
 * that is still written would. */
export const edgeLabels = [
  ...(["traffic", "rate", "errors", "p50", "p95", "p99", "bytes"] as const),
  ...(["protocol", "security", "enforced", "draft"] as const),
] as const;
export type EdgeLabel = (typeof edgeLabels)[number];

export const edgeLabelNames: Readonly<Record<EdgeLabel, string>> = {
  traffic: "Traffic",
  rate: "Rate",
  errors: "Errors",
  p50: "p50",
  p95: "p95",
  p99: "p99",
  bytes: "Bytes",
  protocol: "Protocol",
  security: "Security",
  enforced: "If enforced",
  draft: "If draft enforced",
};

export interface EdgeLabelText {
  readonly main: string;
  /** Beside the sign of health. */
  readonly aside?: string;
  /** The line below, in a quieter tone. */
  readonly below: string;
  /** Beside the first line, in the place of the sign of health. */
  readonly lock?: Lock;
}

/**
 * Two lines of some sixteen characters. Of a sample all counts are "at least".
 *
 * @param outlook of the edge, for `enforced` and `draft`; undefined: nothing would change, or it is not known yet.
 */
export function edgeLabelText(edge: MapEdge, label: EdgeLabel, outlook?: MapOutlook): EdgeLabelText {
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
      return { main: edge.protocol || "not known", below: `${from}protocol` };
    case "security":
      return securityLabel(edge);
    case "enforced":
    case "draft":
      return outlook ? { main: outlook.share, below: outlook.what } : { main: "as it is", below: "" };
  }
}

/** The safest kind with its share, below it the least safe one. */
function securityLabel(edge: MapEdge): EdgeLabelText {
  const [safest, ...others] = securityShares(edge);
  const lock = lockOf(edge);
  if (!safest || !lock) return { main: "not known", below: "nobody tells" };
  const last = others.at(-1);
  const worst = last && `${securityNames[last.kind]} ${formatShare(last.share)}`;
  if (safest.kind === "none") return { lock, main: securityNames.none, below: formatShare(safest.share) };
  return {
    lock,
    main: `${securityNames[safest.kind]} ${formatShare(safest.share)}`,
    below: worst ?? "encrypted",
  };
}
