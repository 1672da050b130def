import { isDeepStrictEqual } from "node:util";
import {
  Policy,
  parseOrThrow,
  type RevisedPolicy,
  StorableJson,
  ValidationError,
  validatePolicy,
} from "@weir/domain";
import { refuseSteered } from "../rollouts/refuse-steered.ts";
import { type ChangeContext, changeConfig } from "./change-config.ts";
import type { ConfigDatabase, Transaction } from "./config-database.ts";
import type { Change, PolicyChange } from "./config-store.ts";
import { readKnownServices } from "./list-services.ts";
import { revisePolicy, storedForm } from "./revise-policy.ts";
import { StaleRevision } from "./stale-revision.ts";
import { parseStoredPolicy, policyLabel } from "./stored-policy.ts";

export function putPolicy(
  database: ConfigDatabase,
  input: Policy,
  change: PolicyChange,
): Promise<RevisedPolicy> {
  return changeConfig(database, change, (context) => putPolicyIn(context, input, change));
}

/**
 * Accepts a policy as its next revision. Nothing changed is no change, even for somebody who saw an older
 * revision: a request that is sent twice must not look like a conflict with oneself.
 */
export async function putPolicyIn(
  context: ChangeContext,
  input: Policy,
  change: PolicyChange,
): Promise<RevisedPolicy> {
  const policy = parseOrThrow(Policy, input, "policy");
  parseOrThrow(StorableJson, policy, "policy");
  const { transaction } = context;
  const { namespace, name } = policy;
  const subject = policyLabel(namespace, name);
  const spec = storedForm(policy);
  const head = await transaction.policy.findUnique({ where: { namespace_name: { namespace, name } } });
  const current = head && !head.deleted ? parseStoredPolicy(head.spec, head.revision) : undefined;
  if (current && isDeepStrictEqual(head?.spec, spec)) return current;
  if (change.expectedRevision !== undefined)
    await expectRevision(transaction, { subject, policyId: head?.id, current }, change.expectedRevision);
  await refuseSteered(transaction, policy);
  await expectKnown(transaction, policy, subject);
  return acceptPolicy(context, policy, change);
}

/** Stores what was judged, or need not be, with its entry in the audit. */
export async function acceptPolicy(
  context: ChangeContext,
  policy: Policy,
  change: Change,
): Promise<RevisedPolicy> {
  const { revision, before } = await revisePolicy(context, policy, change);
  context.record({
    ...{ action: before === undefined ? "policy.create" : "policy.put", before, after: storedForm(policy) },
    subject: policyLabel(policy.namespace, policy.name),
  });
  return { ...policy, revision };
}

/** @throws StaleRevision, with what the caller had and what there is. 0 expects that there is none. */
export async function expectRevision(
  transaction: Transaction,
  found: { subject: string; policyId: number | undefined; current: RevisedPolicy | undefined },
  expected: number,
): Promise<void> {
  const { subject, policyId, current } = found;
  if ((current?.revision ?? 0) === expected) return;
  const old =
    policyId === undefined
      ? null
      : await transaction.policyRevision.findUnique({
          where: { policyId_revision: { policyId, revision: expected } },
        });
  const based = old?.spec ? parseStoredPolicy(old.spec, expected) : undefined;
  throw new StaleRevision(subject, expected, based, current, policyId !== undefined);
}

/**
 * @throws ValidationError for a service or version that never was, or a kind of which the service has its one already.
 * Warnings are the console's to show.
 */
async function expectKnown(transaction: Transaction, policy: Policy, subject: string): Promise<void> {
  const known = await readKnownServices(transaction);
  const others = await neighboursIn(transaction, policy);
  const errors = validatePolicy(policy, known, others).filter((finding) => finding.severity === "error");
  if (errors.length > 0) throw new ValidationError(subject, errors);
}

/** The policies in force that are for the same service. */
async function neighboursIn(
  transaction: Transaction,
  { namespace, name, targetRef }: Policy,
): Promise<Policy[]> {
  const heads = await transaction.policy.findMany({
    where: { namespace, target: targetRef, deleted: false, name: { not: name } },
    select: { spec: true, revision: true },
  });
  return heads.map(({ spec, revision }) => parseStoredPolicy(spec, revision));
}
