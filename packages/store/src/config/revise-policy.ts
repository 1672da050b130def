import { isDeepStrictEqual } from "node:util";
import type { Policy } from "@weir/domain";
import type { ChangeContext } from "./change-config.ts";
import type { Change } from "./config-store.ts";

/** What became of a policy in a change of the config. */
export interface Revised {
  readonly revision: number;
  /** What was in force; undefined where there was nothing. */
  readonly before: unknown;
  /** False: it was so already, and is the same revision as before. */
  readonly isNew: boolean;
}

/** Stores a policy that was judged as its next revision. The frame's audit entry is the caller's. */
export async function revisePolicy(
  { transaction, revision: configRevision }: ChangeContext,
  policy: Policy,
  { author, reason }: Change,
): Promise<Revised> {
  const { namespace, name } = policy;
  const spec = storedForm(policy);
  const head = await transaction.policy.findUnique({ where: { namespace_name: { namespace, name } } });
  const before = head && !head.deleted ? head.spec : undefined;
  if (head && before !== undefined && isDeepStrictEqual(before, spec))
    return { revision: head.revision, before, isNew: false };
  const revision = (head?.revision ?? 0) + 1;
  const data = {
    ...{ namespace, name, kind: policy.kind, target: policy.targetRef },
    ...{ revision, deleted: false, spec, changedAt: new Date(), changedBy: author },
  };
  const { id: policyId } = head
    ? await transaction.policy.update({ where: { id: head.id }, data })
    : await transaction.policy.create({ data });
  await transaction.policyRevision.create({
    data: { ...{ policyId, revision, spec, configRevision }, ...{ author, reason: reason ?? null } },
  });
  return { revision, before, isNew: true };
}

/** Through JSON, as it will be read again: without members that are undefined. */
export function storedForm(policy: Policy): Policy & Record<string, never> {
  return JSON.parse(JSON.stringify(policy)) as Policy & Record<string, never>;
}
