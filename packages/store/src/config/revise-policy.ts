import { isDeepStrictEqual } from "node:util";
import type { Policy } from "@weir/domain";
import type { ChangeContext } from "./change-config.ts";
import type { Change } from "./config-store.ts";
import { policyHeads } from "./policy-heads.ts";
import { policyLabel } from "./stored-policy.ts";

/** What became of a policy in a change of the config. */
export interface Revised {
  readonly revision: number;
  /** What was in force; undefined where there was nothing. */
  readonly before: unknown;
  /** False: it was so already, and is the same revision as before. */
  readonly isNew: boolean;
}

/** Stores a policy that was judged as its next revision. The frame's audit entry is the caller's. */
export async function revisePolicy(context: ChangeContext, policy: Policy, change: Change): Promise<Revised> {
  const [revised] = await revisePolicies(context, [policy], change);
  return revised as Revised;
}

/** The same of many, in their order, by as many statements as one takes. No policy may stand among them twice. */
export async function revisePolicies(
  { transaction, revision: configRevision }: ChangeContext,
  policies: readonly Policy[],
  { author, reason }: Change,
): Promise<Revised[]> {
  const heads = await policyHeads(transaction, policies);
  const revised = policies.map((policy) => {
    const head = heads.get(policyLabel(policy.namespace, policy.name));
    const before = head && !head.deleted ? head.spec : undefined;
    const spec = storedForm(policy);
    if (head && before !== undefined && isDeepStrictEqual(before, spec))
      return { spec, revision: head.revision, before, isNew: false };
    return { spec, revision: (head?.revision ?? 0) + 1, before, isNew: true };
  });
  const rows = revised.flatMap(({ spec, revision, isNew }) => (isNew ? [{ spec, revision }] : []));
  if (rows.length > 0)
    await transaction.$executeRaw`
      WITH given AS (
        SELECT spec, revision FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS (spec jsonb, revision int)
      ), put AS (
        INSERT INTO policy (namespace, name, kind, target, revision, deleted, spec, changed_at, changed_by)
        SELECT spec ->> 'namespace', spec ->> 'name', spec ->> 'kind', spec ->> 'targetRef', revision, false, spec,
          now(), ${author} FROM given
        ON CONFLICT (namespace, name) DO UPDATE SET kind = excluded.kind, target = excluded.target,
          revision = excluded.revision, deleted = false, spec = excluded.spec, changed_at = excluded.changed_at,
          changed_by = excluded.changed_by
        RETURNING id, revision, spec
      )
      INSERT INTO policy_revision (policy_id, revision, spec, config_revision, author, reason)
      SELECT id, revision, spec, ${configRevision}::int, ${author}, ${reason ?? null} FROM put`;
  return revised.map(({ spec: _, ...own }) => own);
}

/** Through JSON, as it will be read again: without members that are undefined. */
export function storedForm(policy: Policy): Policy & Record<string, never> {
  return JSON.parse(JSON.stringify(policy)) as Policy & Record<string, never>;
}
