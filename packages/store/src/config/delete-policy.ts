import { refuseSteered } from "../rollouts/refuse-steered.ts";
import { changeConfig } from "./change-config.ts";
import type { ConfigDatabase } from "./config-database.ts";
import type { Change, PolicyChange } from "./config-store.ts";
import { NotFound } from "./not-found.ts";
import { type PolicyRef, policyHeads } from "./policy-heads.ts";
import { expectRevision } from "./put-policy.ts";
import { parseStoredPolicy, policyLabel } from "./stored-policy.ts";

export function deletePolicy(
  database: ConfigDatabase,
  namespace: string,
  name: string,
  { expectedRevision, ...change }: PolicyChange,
): Promise<void> {
  return deletePolicies(database, [{ namespace, name, expectedRevision }], change);
}

/** All or none. The end of a policy is a revision too, without content; the revisions before it stay. */
export function deletePolicies(
  database: ConfigDatabase,
  refs: readonly (PolicyRef & Pick<PolicyChange, "expectedRevision">)[],
  change: Change,
): Promise<void> {
  return changeConfig(database, change, async ({ transaction, revision: configRevision, record }) => {
    const heads = await policyHeads(transaction, refs);
    const found = refs.map(({ namespace, name, expectedRevision }) => {
      const subject = policyLabel(namespace, name);
      return { namespace, name, expectedRevision, subject, head: heads.get(subject) };
    });
    const missing = found.filter(({ head }) => !head || head.deleted);
    if (missing.length > 0)
      throw new NotFound(`policy ${missing.map(({ namespace, name }) => `${namespace}/${name}`).join(", ")}`);
    const ends = found.flatMap(({ head, ...ref }) =>
      head ? [{ ...ref, head, current: parseStoredPolicy(head.spec, head.revision) }] : [],
    );
    for (const { subject, head, current, expectedRevision } of ends)
      if (expectedRevision !== undefined)
        await expectRevision(transaction, { subject, policyId: head.id, current }, expectedRevision);
    await refuseSteered(
      transaction,
      ends.map(({ current }) => current),
    );
    const { author, reason } = change;
    await transaction.$executeRaw`
      WITH ended AS (
        UPDATE policy SET revision = revision + 1, deleted = true, changed_at = now(), changed_by = ${author}
        WHERE id = ANY(${ends.map(({ head }) => head.id)}::int[]) RETURNING id, revision
      )
      INSERT INTO policy_revision (policy_id, revision, config_revision, author, reason)
      SELECT id, revision, ${configRevision}::int, ${author}, ${reason ?? null} FROM ended`;
    for (const { subject, head } of ends)
      record({ action: "policy.delete", subject, before: head.spec, after: undefined });
  });
}
