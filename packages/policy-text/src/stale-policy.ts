import type { Policy, RevisedPolicy } from "@weir/domain";
import { boundedPatch } from "./policy-patch.ts";

/** A policy, and the revision that it was made from; 0: there was none; undefined: nobody said. */
export interface BasedPolicy {
  readonly policy: Policy;
  readonly basedOn: number | undefined;
}

/** Why a policy that was made from another revision than the one in force must not be written. */
export interface StalePolicy {
  readonly message: string;
  /** From what is in force to what was to be written; empty where nothing is in force, or too much differs. */
  readonly patch: string;
}

/**
 * Whether somebody was faster than who wrote a policy. One that says what is in force is never stale, whatever it was made
 * from. @param live in force under its name. @param lastAuthor of its last revision, where it was deleted. @param patchMs how long
 * to look for what differs.
 */
export function stalePolicy(
  { policy, basedOn }: BasedPolicy,
  live: RevisedPolicy | undefined,
  lastAuthor: string | undefined,
  patchMs = 500,
): StalePolicy | undefined {
  if (basedOn === undefined || (live?.revision ?? 0) === basedOn) return undefined;
  const name = `${policy.namespace}/${policy.name}`;
  const from = basedOn === 0 ? "is of a new policy" : `was made from revision ${basedOn}`;
  if (live) {
    const patch = boundedPatch(live, policy, patchMs);
    if (patch === "") return undefined;
    const message = `${name} was changed meanwhile: the file ${from}, revision ${live.revision} is in force`;
    if (patch === undefined) return { message: `${message}, and too much differs to be shown`, patch: "" };
    return { message, patch };
  }
  const message =
    lastAuthor === undefined
      ? `there never was a policy ${name}: the file ${from}`
      : `${name} was deleted meanwhile by ${lastAuthor}: the file ${from}`;
  return { message, patch: "" };
}
