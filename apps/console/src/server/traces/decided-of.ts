import type { SpanDecision } from "./span-facts.ts";

/** The strongest of what policies said about one request; undefined when none would have changed it. */
export function decidedOf(decisions: readonly SpanDecision[]): "would-act" | "acted" | undefined {
  if (decisions.some((decision) => decision.acted)) return "acted";
  return decisions.some((decision) => decision.wouldAct) ? "would-act" : undefined;
}
