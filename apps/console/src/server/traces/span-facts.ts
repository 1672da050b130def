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

/** Decisions as an access log holds them; what is not one is left out. */
export function decisionsIn(values: readonly unknown[]): SpanDecision[] {
  return values.flatMap((value) => {
    const parsed = SpanDecision.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}
