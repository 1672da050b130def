import type { ChangeContext } from "./change-config.ts";
import { policyLabel } from "./stored-policy.ts";

export interface PolicyRef {
  readonly namespace: string;
  readonly name: string;
}

type PolicyHead = Awaited<ReturnType<typeof findOf>>[number];

/** Names in one statement; Postgres takes 65,535 parameters. */
const namesAtOnce = 10_000;

/** The heads of these policies, deleted ones too, by their labels; those that never were are not in it. */
export async function policyHeads(
  transaction: ChangeContext["transaction"],
  refs: readonly PolicyRef[],
): Promise<Map<string, PolicyHead>> {
  const heads = new Map<string, PolicyHead>();
  for (const [namespace, own] of Map.groupBy(refs, (ref) => ref.namespace))
    for (let from = 0; from < own.length; from += namesAtOnce) {
      const names = own.slice(from, from + namesAtOnce).map(({ name }) => name);
      for (const head of await findOf(transaction, namespace, names))
        heads.set(policyLabel(namespace, head.name), head);
    }
  return heads;
}

function findOf(transaction: ChangeContext["transaction"], namespace: string, names: string[]) {
  return transaction.policy.findMany({ where: { namespace, name: { in: names } } });
}
