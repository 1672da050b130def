import { isDeepStrictEqual } from "node:util";
import {
  findingOf,
  neighbours,
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
import type { BasedPolicy, Change, PolicyChange } from "./config-store.ts";
import { readKnownServices } from "./list-services.ts";
import { policyHeads } from "./policy-heads.ts";
import { revisePolicies, storedForm } from "./revise-policy.ts";
import { StaleRevision } from "./stale-revision.ts";
import { parseStoredPolicy, policyLabel } from "./stored-policy.ts";

export async function putPolicy(
  database: ConfigDatabase,
  policy: Policy,
  { expectedRevision, ...change }: PolicyChange,
): Promise<RevisedPolicy> {
  const [put] = await putPolicies(database, [{ policy, expectedRevision }], change);
  return put as RevisedPolicy;
}

export function putPolicies(
  database: ConfigDatabase,
  policies: readonly BasedPolicy[],
  change: Change,
): Promise<RevisedPolicy[]> {
  return changeConfig(database, change, (context) => putPoliciesIn(context, policies, change));
}

/**
 * Accepts each policy as its next revision, all or none, judged as they will stand together. Nothing changed is no change,
 * even for somebody who saw an older revision: a request that is sent twice must not look like a conflict with oneself.
 */
export async function putPoliciesIn(
  context: ChangeContext,
  inputs: readonly BasedPolicy[],
  change: Change,
): Promise<RevisedPolicy[]> {
  const { transaction } = context;
  const wanted = inputs.map(({ policy: input, expectedRevision }) => {
    const policy = parseOrThrow(Policy, input, "policy");
    parseOrThrow(StorableJson, policy, "policy");
    return { policy, expectedRevision, subject: policyLabel(policy.namespace, policy.name) };
  });
  refuseTwice(wanted.map(({ subject }) => subject));
  const heads = await policyHeads(
    transaction,
    wanted.map(({ policy }) => policy),
  );
  const changed: Policy[] = [];
  for (const { policy, expectedRevision, subject } of wanted) {
    const head = heads.get(subject);
    if (head && !head.deleted && isDeepStrictEqual(head.spec, storedForm(policy))) continue;
    const current = head && !head.deleted ? parseStoredPolicy(head.spec, head.revision) : undefined;
    if (expectedRevision !== undefined)
      await expectRevision(transaction, { subject, policyId: head?.id, current }, expectedRevision);
    changed.push(policy);
  }
  if (changed.length > 0) {
    await refuseSteered(transaction, changed);
    await expectKnown(transaction, changed);
  }
  const accepted = await acceptPolicies(context, changed, change);
  const byName = new Map(accepted.map((policy) => [policyLabel(policy.namespace, policy.name), policy]));
  return wanted.map(({ policy, subject }) => {
    const revision = byName.get(subject)?.revision ?? heads.get(subject)?.revision ?? 0;
    return { ...policy, revision };
  });
}

/** Which of the two is meant, nobody can know. */
function refuseTwice(subjects: readonly string[]): void {
  const seen = new Set<string>();
  for (const subject of subjects) {
    if (seen.has(subject))
      throw new ValidationError(subject, [findingOf("policy-twice", "", "is to be written twice at once")]);
    seen.add(subject);
  }
}

/** Stores what was judged, or need not be, each with its entry in the audit. */
export async function acceptPolicies(
  context: ChangeContext,
  policies: readonly Policy[],
  change: Change,
): Promise<RevisedPolicy[]> {
  const revised = await revisePolicies(context, policies, change);
  return policies.map((policy, at) => {
    const { revision = 0, before } = revised[at] ?? {};
    context.record({
      ...{ action: before === undefined ? "policy.create" : "policy.put", before, after: storedForm(policy) },
      subject: policyLabel(policy.namespace, policy.name),
    });
    return { ...policy, revision };
  });
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
async function expectKnown(transaction: Transaction, policies: readonly Policy[]): Promise<void> {
  const known = await readKnownServices(transaction);
  const inForce = await besides(transaction, policies);
  const neighboursOf = neighbours([...inForce, ...policies]);
  const standing = new Map(inForce.map((policy) => [policyLabel(policy.namespace, policy.name), policy]));
  for (const policy of policies) {
    const subject = policyLabel(policy.namespace, policy.name);
    const errors = validatePolicy(policy, known, neighboursOf(policy), standing.get(subject)).filter(
      (finding) => finding.severity === "error",
    );
    if (errors.length > 0) throw new ValidationError(subject, errors);
  }
}

/** The policies in force that are for the same services; those of the same names may be among them. */
async function besides(transaction: Transaction, policies: readonly Policy[]): Promise<Policy[]> {
  const found: Policy[] = [];
  for (const [namespace, own] of Map.groupBy(policies, (policy) => policy.namespace)) {
    const targets = [...new Set(own.map(({ targetRef }) => targetRef))];
    const heads = await transaction.policy.findMany({
      where: { namespace, target: { in: targets }, deleted: false },
      select: { spec: true, revision: true },
    });
    found.push(...heads.map(({ spec, revision }) => parseStoredPolicy(spec, revision)));
  }
  return found;
}
