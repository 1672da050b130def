import type { Party } from "../exchange.ts";
import type { Upstream } from "./upstream.ts";

/** An endpoint of a service: where, and which version answers there. */
export interface Target {
  readonly upstream: Upstream;
  readonly version: string;
  /** The destination a request sent there is counted under. */
  readonly party: Party;
}

/**
 * Of two endpoints drawn at random the one with fewer requests under way (power of two choices, as Envoy's
 * LEAST_REQUEST). `except` is left out while there is another.
 */
export function leastRequest(
  targets: readonly Target[],
  random: () => number,
  except?: Target,
): Target | undefined {
  const candidates = except && targets.length > 1 ? targets.filter((target) => target !== except) : targets;
  const count = candidates.length;
  if (count < 2) return candidates[0];
  const first = Math.floor(random() * count);
  const step = 1 + Math.floor(random() * (count - 1));
  const a = candidates[first] as Target;
  const b = candidates[(first + step) % count] as Target;
  return b.upstream.active < a.upstream.active ? b : a;
}
