import { refuseSteered } from "../rollouts/refuse-steered.ts";
import { changeConfig } from "./change-config.ts";
import type { ConfigDatabase } from "./config-database.ts";
import type { PolicyChange } from "./config-store.ts";
import { NotFound } from "./not-found.ts";
import { expectRevision } from "./put-policy.ts";
import { parseStoredPolicy, policyLabel } from "./stored-policy.ts";

/** Its end is a revision too, without content; the revisions before it stay. */
export function deletePolicy(
  database: ConfigDatabase,
  namespace: string,
  name: string,
  change: PolicyChange,
): Promise<void> {
  const subject = policyLabel(namespace, name);
  return changeConfig(database, change, async ({ transaction, revision: configRevision, record }) => {
    const head = await transaction.policy.findUnique({ where: { namespace_name: { namespace, name } } });
    if (!head || head.deleted) throw new NotFound(`policy ${namespace}/${name}`);
    const current = parseStoredPolicy(head.spec, head.revision);
    if (change.expectedRevision !== undefined)
      await expectRevision(transaction, { subject, policyId: head.id, current }, change.expectedRevision);
    await refuseSteered(transaction, current);
    const revision = head.revision + 1;
    await transaction.policy.update({
      where: { id: head.id },
      data: { revision, deleted: true, changedAt: new Date(), changedBy: change.author },
    });
    await transaction.policyRevision.create({
      data: {
        ...{ policyId: head.id, revision, configRevision },
        ...{ author: change.author, reason: change.reason ?? null },
      },
    });
    record({ action: "policy.delete", subject, before: head.spec, after: undefined });
  });
}
