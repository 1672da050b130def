import type { ConfigStore, StoredRollout } from "@weir/store";

/** Who has not taken a change by then shows in the split of the requests. */
const longestWaitMs = 60_000;

/**
 * Since when every sidecar has carried out the last change of a rollout's traffic, in milliseconds since 1970: when the last of
 * them said so. Undefined while some are waited for; after a minute it counts as carried out, and likewise a change that
 * nobody was waited for, or of so long ago that it was forgotten.
 */
export async function settledAt(
  store: Pick<ConfigStore, "convergenceOf">,
  { steered }: Pick<StoredRollout, "steered">,
  nowMs: number,
): Promise<number | undefined> {
  const steeredMs = steered.at.getTime();
  const told = await store.convergenceOf(steered.configRevision);
  const isTaken = told.every(({ acked, refused, sidecars }) => acked + refused >= sidecars);
  if (told.length > 0 && isTaken)
    return Math.max(steeredMs, ...told.map(({ lastAckedAt }) => lastAckedAt?.getTime() ?? 0));
  return nowMs - steeredMs >= longestWaitMs ? steeredMs + longestWaitMs : undefined;
}
