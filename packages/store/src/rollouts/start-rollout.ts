import {
  type Finding,
  type PolicyOf,
  parseOrThrow,
  StorableJson,
  stableVersionOf,
  ValidationError,
} from "@weir/domain";
import {
  analysisSettings,
  canaryOf,
  RolloutPlan,
  type RolloutState,
  startAnalysis,
  startFindings,
  startRollout as startState,
  stepWords,
} from "@weir/rollout";
import { changeConfig } from "../config/change-config.ts";
import type { ConfigDatabase, Transaction } from "../config/config-database.ts";
import type { Change } from "../config/config-store.ts";
import { readKnownServices } from "../config/list-services.ts";
import { revisePolicy } from "../config/revise-policy.ts";
import { parseStoredPolicy } from "../config/stored-policy.ts";
import { recordEvent } from "./record-event.ts";
import type { StoredRollout } from "./rollout-store.ts";
import { rolloutSummary } from "./rollout-summary.ts";
import { storedJson, storedText } from "./stored-json.ts";
import { rolloutLabel, storedRollout } from "./stored-rollout.ts";
import { tellPlanWebhooks } from "./tell-plan-webhooks.ts";

export async function startRollout(
  database: ConfigDatabase,
  input: RolloutPlan,
  change: Change,
): Promise<StoredRollout> {
  const plan = parseOrThrow(RolloutPlan, input, "rollout plan");
  parseOrThrow(StorableJson, plan, "rollout plan");
  return changeConfig(database, change, async (context) => {
    const { transaction, revision: configRevision, record } = context;
    const canaries = await canariesOf(transaction, plan);
    await refuseUnfit(transaction, plan, canaries);
    const state = startState(Date.now());
    const [goesOnFrom] = canaries;
    const policy = goesOnFrom?.name ?? plan.name;
    const reason = startWords(plan, goesOnFrom?.name);
    const { revision } = await revisePolicy(context, canaryOf(plan, state, policy), { ...change, reason });
    const row = await transaction.rollout.create({
      data: {
        ...{ namespace: plan.namespace, service: plan.targetRef, policy, policyRevision: revision },
        ...{ plan: JSON.parse(storedJson(plan)), state: JSON.parse(storedJson(state)), configRevision },
        analysis: JSON.stringify(startAnalysis(analysisSettings(plan))),
        ...momentsOf(state),
        ...{
          createdBy: change.author,
          reason: change.reason === undefined ? null : storedText(change.reason),
        },
      },
    });
    const rollout = storedRollout(row);
    const event = await recordEvent(context, rollout.id, {
      ...{ at: rollout.createdAt, author: change.author, action: "start", reason, comment: change.reason },
      ...{ state, evidence: undefined, signals: undefined, plan, policyRevision: revision },
    });
    const after = { ...rolloutSummary(rollout), reason, event };
    const started = { action: "rollout.start", subject: rolloutLabel(plan), before: undefined, after };
    record(started);
    const { author, reason: comment } = change;
    await tellPlanWebhooks(
      context,
      { id: rollout.id, checks: plan.checks, phase: state.phase },
      {
        ...started,
        author,
        reason: comment,
      },
    );
    return rollout;
  });
}

function momentsOf({ seenMs }: RolloutState) {
  const at = new Date(seenMs);
  return { createdAt: at, stepAt: at, steeredAt: at };
}

function startWords({ baseline, canary, steps }: RolloutPlan, goesOnFrom: string | undefined): string {
  const first = steps[0] === undefined ? "" : stepWords(steps[0]);
  const from = goesOnFrom === undefined ? "" : `, going on from canary policy ${goesOnFrom}`;
  return `${canary} begins to take over from ${baseline}: ${first}${from}`;
}

/** @throws ValidationError with all that stands against it. */
async function refuseUnfit(
  transaction: Transaction,
  plan: RolloutPlan,
  canaries: readonly PolicyOf<"canary">[],
): Promise<void> {
  const { namespace, targetRef } = plan;
  const known = await readKnownServices(transaction);
  const service = known.find(({ name, namespace: own }) => own === namespace && name === targetRef);
  const pinned = await transaction.service.findFirst({
    where: { name: targetRef, namespace: { name: namespace } },
    select: { stableVersion: true },
  });
  const stableVersion = stableVersionOf(pinned?.stableVersion ?? undefined, service?.readyVersions ?? []);
  const findings = [
    ...(await goingOn(transaction, plan)),
    ...startFindings(plan, { service, stableVersion, canaries }),
    ...(canaries.length === 0 ? await nameTaken(transaction, plan) : []),
  ];
  if (findings.length > 0) throw new ValidationError(rolloutLabel(plan), findings);
}

/** Two would move the same traffic. */
async function goingOn(transaction: Transaction, { namespace, targetRef }: RolloutPlan): Promise<Finding[]> {
  const other = await transaction.rollout.findFirst({
    where: { namespace, service: targetRef, endedAt: null },
    select: { id: true },
  });
  if (!other) return [];
  const message = `rollout ${other.id} of ${targetRef} is not over yet`;
  const fix = `End it first: on its page, /rollouts/${other.id}, or by weir rollout abort ${namespace}/${targetRef}.`;
  return [{ code: "rollout-going-on", path: "targetRef", severity: "error", message, fix }];
}

/** A policy that is no canary of this service. */
async function nameTaken(transaction: Transaction, { namespace, name }: RolloutPlan): Promise<Finding[]> {
  const head = await transaction.policy.findUnique({ where: { namespace_name: { namespace, name } } });
  if (!head || head.deleted) return [];
  const message = `there is a ${head.kind} policy ${name} for ${head.target} already`;
  return [
    { code: "name-taken", path: "name", severity: "error", message, fix: "Give the plan another name." },
  ];
}

async function canariesOf(
  transaction: Transaction,
  { namespace, targetRef }: RolloutPlan,
): Promise<PolicyOf<"canary">[]> {
  const heads = await transaction.policy.findMany({
    where: { namespace, target: targetRef, kind: "canary", deleted: false },
    orderBy: { name: "asc" },
    select: { spec: true, revision: true },
  });
  return heads
    .map(({ spec, revision }) => parseStoredPolicy(spec, revision))
    .filter((policy) => policy.kind === "canary");
}
