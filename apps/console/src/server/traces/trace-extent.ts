import type { TraceSpan } from "@weir/store";

/** When the first of the spans began and the last one ended; zero without spans. */
export function traceExtent(spans: readonly Pick<TraceSpan, "startNs" | "durationNs">[]) {
  let startNs = spans[0]?.startNs ?? 0n;
  let endNs = startNs;
  for (const span of spans) {
    if (span.startNs < startNs) startNs = span.startNs;
    if (span.startNs + span.durationNs > endNs) endNs = span.startNs + span.durationNs;
  }
  return { startNs, endNs };
}
