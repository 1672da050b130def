import type { Policy } from "../policy/policy.ts";

/**
 * What an observed `allow` policy says of a request that only other observed ones allow. It would change nothing if all of
 * them acted; it would refuse the request if it acted without them.
 */
export const sparedVerdict = "spared";

/** Whether it is an authorization that lets in whom its rules name, and by that refuses everybody else. */
export function isAllow(policy: Policy): boolean {
  return policy.kind === "authorization" && (policy.action ?? "allow") === "allow";
}
