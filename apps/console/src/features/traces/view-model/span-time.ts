import type { SpanNode } from "./span-tree.ts";
import type { TimeSplit } from "./time-split.ts";

/**
 * Where the time of one sidecar's span went: its own share is what it did not wait for its upstream. Of a caller's sidecar
 * whose callee was recorded, the rest is the callee's (application) and what lies between both (network); of a
 * destination's sidecar it is the application's. Undefined for a span that no sidecar timed.
 */
export function spanTime({ span, children }: SpanNode): TimeSplit | undefined {
  if (span.reporter === undefined || span.upstreamNs === undefined) return undefined;
  const waitedNs = Math.min(span.upstreamNs, span.durationNs);
  const sidecarNs = span.durationNs - waitedNs;
  if (span.reporter === "destination") return { applicationNs: waitedNs, sidecarNs, networkNs: 0 };
  const answeredNs = children.reduce((most, child) => Math.max(most, child.span.durationNs), 0);
  const applicationNs = Math.min(waitedNs, answeredNs);
  return children.length === 0
    ? { applicationNs: waitedNs, sidecarNs, networkNs: 0 }
    : { applicationNs, sidecarNs, networkNs: waitedNs - applicationNs };
}
