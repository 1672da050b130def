import type { Canary } from "../../../server/canaries/canary-schemas.ts";

/** What a canary does that its weights do not say: "Chosen requests go to v2 whatever the weights." */
export function besideWeights({
  pinnedTo,
  mirror,
  inForce,
}: Pick<Canary, "pinnedTo" | "mirror" | "inForce">): string[] {
  const go = inForce.mode === "enforce" ? "go" : "would go";
  const pinned = pinnedTo.map((version) => `Chosen requests ${go} to ${version} whatever the weights.`);
  if (mirror === undefined) return pinned;
  const share = mirror.percent === 100 ? "all" : `${mirror.percent} %`;
  const copies = `Copies of ${share} of the other requests ${go} to ${mirror.version}; nobody gets their answers.`;
  return [...pinned, copies];
}
