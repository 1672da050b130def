import { enforcedPolicies, type Mode, type RevisedPolicy, switchWords, withMode } from "@weir/domain";
import type { ChangeContext } from "../config/change-config.ts";
import type { Change } from "../config/config-store.ts";
import type { PolicyMemory } from "../config/policy-memory.ts";
import { readConfigIn } from "../config/read-mesh-config.ts";
import type { StoredEnforcement } from "./enforcement-store.ts";
import { turnSwitch } from "./turn-switch.ts";

/**
 * Turns the switch back so that its policies act no more: to what it was before, or, where that would inherit a mode that
 * somebody has set to enforce meanwhile, to observe.
 *
 * @returns what differs from taking it back as it was, in words for people; policies with a mode of their own that somebody
 * gave them since are named, and go on.
 */
export async function takeBack(
  context: ChangeContext,
  memory: PolicyMemory,
  { at, modeBefore, prediction }: StoredEnforcement,
  change: Change,
): Promise<string | undefined> {
  const config = await readConfigIn(context.transaction, memory);
  const watched = new Set(prediction.policies.map(nameOf));
  const actingAt = (mode: Mode | null): RevisedPolicy[] =>
    enforcedPolicies(withMode(config, at, mode)).filter((policy) => watched.has(nameOf(policy)));
  const [asBefore, observing] = [actingAt(modeBefore), actingAt("observe")];
  const inherits = observing.length < asBefore.length;
  await turnSwitch(context, at, inherits ? "observe" : modeBefore, change);
  const told = [
    ...(inherits
      ? [`${switchWords(at)} is set to observe: what it inherited before has been set to enforce since`]
      : []),
    ...(observing.length > 0
      ? [`${observing.map(nameOf).join(", ")} still acts, by a mode that somebody has set since`]
      : []),
  ];
  return told.length > 0 ? told.join("; ") : undefined;
}

function nameOf({ namespace, name }: Pick<RevisedPolicy, "namespace" | "name">): string {
  return `${namespace}/${name}`;
}
