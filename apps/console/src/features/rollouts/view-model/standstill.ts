import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";
import { aboutSpan } from "./span-text.ts";

type Looked = Pick<ShownRollout, "isOver" | "look" | "createdAtMs" | "plan">;

/** Controllers look every few seconds: after so long without a look none is there. */
const unseenMs = 30_000;

/** Why nothing moves though the rollout is not over, as a sentence; undefined while somebody looks and evidence is fresh. */
export function standstill({ isOver, look, createdAtMs, plan }: Looked, nowMs: number): string | undefined {
  if (isOver) return undefined;
  const unseen = nowMs - (look?.atMs ?? createdAtMs);
  if (unseen > unseenMs)
    return `No controller has looked at it for ${aboutSpan(unseen)}: traffic stays as it is, and nothing is decided.`;
  if (look?.evidence.toMs === undefined) return undefined;
  const age = nowMs - look.evidence.toMs;
  return age > plan.staleAfterMs
    ? `Its newest evidence is ${aboutSpan(age)} old: it never moves on what is stale.`
    : undefined;
}
