import { meshAttributes } from "@weir/domain";
import { z } from "zod";

/** What one policy said about the request of a span, as its sidecar wrote it down. */
export const SpanDecision = z.object({
  policy: z.string(),
  kind: z.string(),
  revision: z.number(),
  mode: z.string(),
  verdict: z.string(),
  wouldAct: z.boolean(),
  acted: z.boolean(),
  reason: z.string().default(""),
});
export type SpanDecision = z.infer<typeof SpanDecision>;

export type Attributes = Readonly<Record<string, unknown>>;

/** Which sidecar recorded a span: the caller's or the destination's; undefined for an application's span. */
export function reporterOf(attributes: Attributes): "source" | "destination" | undefined {
  const reporter = attributes[meshAttributes.reporter];
  return reporter === "source" || reporter === "destination" ? reporter : undefined;
}

/** The path asked for: operations are named without it, so that there are few of them. */
export function pathOf(attributes: Attributes): string | undefined {
  const path = attributes[meshAttributes.path];
  return typeof path === "string" && path !== "" ? path : undefined;
}

/** How long the sidecar waited for what it forwarded to, in nanoseconds. */
export function upstreamNsOf(attributes: Attributes): number | undefined {
  const value = attributes[meshAttributes.upstreamNs];
  const ns = typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
  return Number.isFinite(ns) && ns >= 0 ? ns : undefined;
}

/** Decisions as an access log holds them; what is not one is left out. */
export function decisionsIn(values: readonly unknown[]): SpanDecision[] {
  return values.flatMap((value) => {
    const parsed = SpanDecision.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}

/** The strongest of what policies said about one request; undefined when none would have changed it. */
export function decidedOf(decisions: readonly SpanDecision[]): "would-act" | "acted" | undefined {
  if (decisions.some((decision) => decision.acted)) return "acted";
  return decisions.some((decision) => decision.wouldAct) ? "would-act" : undefined;
}
