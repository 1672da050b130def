import { type ModeSources, resolveMode, stableVersionOf } from "@weir/domain";
import { type PresentCanary, type RolloutPlan, type StartingPoint, startFindings } from "@weir/rollout";
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
    stableVersion: stableVersionOf(row?.stableVersion ?? undefined, service?.readyVersions ?? []),
    named: named && !named.deleted ? { kind: named.kind, targetRef: named.target } : undefined,
  };
}

async function presentCanaries(
  transaction: Transaction,
  { namespace, targetRef }: Place,
  modes: ModeSources,
): Promise<PresentCanary[]> {
  const heads = await transaction.policy.findMany({
    where: { namespace, target: targetRef, kind: "canary", deleted: false },
    orderBy: { name: "asc" },
    select: { spec: true, revision: true },
  });
  return heads
    .map(({ spec, revision }) => parseStoredPolicy(spec, revision))
    .filter((policy) => policy.kind === "canary")
    .map((policy) => ({
      ...policy,
      enforced: resolveMode({ ...modes, policy: policy.mode }).mode === "enforce",
    }));
}
