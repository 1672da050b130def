import { type Mode, type RevisedPolicy, resolveMode } from "@weir/domain";
import { refuseSteered } from "../rollouts/refuse-steered.ts";
import { type ChangeContext, changeConfig } from "./change-config.ts";
import type { ConfigDatabase } from "./config-database.ts";
import type { SwitchChange } from "./config-store.ts";
import { modesAbove } from "./modes-above.ts";
import { NotFound } from "./not-found.ts";
import { acceptPolicies, putPoliciesIn } from "./put-policy.ts";
import { expectSwitch } from "./stale-switch.ts";
import { parseStoredPolicy, policyLabel } from "./stored-policy.ts";

export async function setPolicyMode(
  database: ConfigDatabase,
  namespace: string,
  name: string,
  mode: Mode | null,
  change: SwitchChange<Mode | null>,
): Promise<Mode | null> {
  return changeConfig(database, change, async (context) => {
    const { before } = await setPolicyModeIn(context, namespace, name, mode, change);
    return before;
  });
}

/**
 * A policy's mode is part of it: its next revision. Only what begins to act is judged anew, so that nothing that came to pass
 * since, such as a version that nobody has any more, keeps a policy acting, or from inheriting what it does anyway.
 */
export async function setPolicyModeIn(
  context: ChangeContext,
  namespace: string,
  name: string,
  mode: Mode | null,
  { expected, ...change }: SwitchChange<Mode | null>,
): Promise<{ readonly before: Mode | null; readonly revision: number }> {
  const { revision, mode: set, ...policy } = await findPolicy(context, namespace, name);
  const before = set ?? null;
  if (before === mode) return { before, revision };
  expectSwitch(`mode of ${policyLabel(namespace, name).replace("/", " ")}`, expected, before);
  const turned = { ...policy, ...(mode && { mode }) };
  const above = await modesAbove(context.transaction, namespace, policy.targetRef);
  const actsAt = (own: Mode | null) => resolveMode({ ...above, policy: own ?? undefined }).mode === "enforce";
  if (actsAt(mode) && !actsAt(before)) {
    const [put] = await putPoliciesIn(context, [{ policy: turned }], change);
    return { before, revision: put?.revision ?? revision };
  }
  await refuseSteered(context.transaction, [turned], { itself: true });
  const [accepted] = await acceptPolicies(context, [turned], change);
  return { before, revision: accepted?.revision ?? revision };
}

/** @throws NotFound */
export async function findPolicy(
  { transaction }: Pick<ChangeContext, "transaction">,
  namespace: string,
  name: string,
): Promise<RevisedPolicy> {
  const head = await transaction.policy.findUnique({ where: { namespace_name: { namespace, name } } });
  if (!head || head.deleted) throw new NotFound(`policy ${namespace}/${name}`);
  return parseStoredPolicy(head.spec, head.revision);
}
