import type { PreviewEffect } from "@weir/domain";

/** What has to be known to read counts of these effects. Sources of the rules: `rangeOfObserved` and `edgeOutlooks`. */
export function boundNotes(effects: ReadonlySet<PreviewEffect>): string[] {
  const some = (...of: PreviewEffect[]) => of.some((effect) => effects.has(effect));
  return [
    "Counted by the sidecars themselves, request by request, while these policies observed: beside whatever is enforced already.",
    some("overflowed", "notRetried") &&
      "Breakers: at most so many, since requests that are turned away leave their places to others.",
    some("timedOut") &&
      "Timeouts: at most so many, since requests that are cut off leave room; at least so many where the rule retries, which takes time.",
    some("retried") && "Retries: at least once; how often, and whether it helps, no single try can tell.",
    some("ejected") && "Ejections: at most so many, since an endpoint without requests fails none.",
  ].filter((note) => note !== false);
}

/** Of policies that are enforced together. */
export const togetherNote =
  "Two policies may mean the same request: it counts once, and where nobody knows how many they share, the numbers say from how many to how many.";
