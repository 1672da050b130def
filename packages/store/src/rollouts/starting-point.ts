import { type ModeSources, type Policy, type PolicyKind, resolveMode, stableVersionOf } from "@weir/domain";
import {
  type PresentCanary,
  type PresentRoute,
  type RolloutPlan,
  type StartingPoint,
  startFindings,
} from "@weir/rollout";
import type { ConfigDatabase, Transaction } from "../config/config-database.ts";
import { readKnownServices } from "../config/list-services.ts";
import { modesAbove } from "../config/modes-above.ts";
import { parseStoredPolicy } from "../config/stored-policy.ts";
import type { RolloutStore } from "./rollout-store.ts";

type Place = Pick<RolloutPlan, "name" | "namespace" | "targetRef">;

export const rolloutStartFindings = (
  database: ConfigDatabase,
  plan: RolloutPlan,
): ReturnType<RolloutStore["rolloutStartFindings"]> =>
  database.readAtOnce(async (transaction) => startFindings(plan, await readStartingPoint(transaction, plan)));

/** All that decides whether a plan can begin now. */
export async function readStartingPoint(transaction: Transaction, plan: Place): Promise<StartingPoint> {
  const { name, namespace, targetRef } = plan;
  const known = await readKnownServices(transaction);
  const service = known.find((one) => one.namespace === namespace && one.name === targetRef);
  const row = await transaction.service.findFirst({
    where: { name: targetRef, namespace: { name: namespace } },
    select: { stableVersion: true },
  });
  const running = await transaction.rollout.findFirst({
    where: { namespace, service: targetRef, endedAt: null },
    select: { id: true },
  });
  const named = await transaction.policy.findUnique({ where: { namespace_name: { namespace, name } } });
  const modes = await modesAbove(transaction, namespace, targetRef);
  return {
    ...{ service, running: running?.id, canaries: await presentCanaries(transaction, plan, modes) },
    routes: await actingRoutes(transaction, plan, modes),
    stableVersion: stableVersionOf(row?.stableVersion ?? undefined, service?.readyVersions ?? []),
    named: named && !named.deleted ? { kind: named.kind, targetRef: named.target } : undefined,
  };
}

async function presentCanaries(
  transaction: Transaction,
  place: Place,
  modes: ModeSources,
): Promise<PresentCanary[]> {
  const policies = await presentPolicies(transaction, place, "canary");
  return policies
    .filter((policy) => policy.kind === "canary")
    .map((policy) => ({ ...policy, enforced: isEnforced(policy, modes) }));
}

async function actingRoutes(
  transaction: Transaction,
  place: Place,
  modes: ModeSources,
): Promise<PresentRoute[]> {
  const policies = await presentPolicies(transaction, place, "route");
  return policies.filter((policy) => policy.kind === "route").filter((policy) => isEnforced(policy, modes));
}

/** In the order of their names. */
async function presentPolicies(
  transaction: Transaction,
  { namespace, targetRef }: Place,
  kind: PolicyKind,
): Promise<Policy[]> {
  const heads = await transaction.policy.findMany({
    where: { namespace, target: targetRef, kind, deleted: false },
    orderBy: { name: "asc" },
    select: { spec: true, revision: true },
  });
  return heads.map(({ spec, revision }) => parseStoredPolicy(spec, revision));
}

function isEnforced(policy: Policy, modes: ModeSources): boolean {
  return resolveMode({ ...modes, policy: policy.mode }).mode === "enforce";
}
