import { type ModeSwitch, newlyEnforced, switchWords } from "@weir/domain";
import { gateOf, guardChecks, missingConsent, type Prediction, startWatch } from "@weir/rollout";
import { type ChangeContext, changeConfig } from "../config/change-config.ts";
import type { ConfigDatabase } from "../config/config-database.ts";
import type { PolicyMemory } from "../config/policy-memory.ts";
import { readConfigIn } from "../config/read-mesh-config.ts";
import { writeEvent } from "./enforcement-events.ts";
import { EnforcementRefused } from "./enforcement-refused.ts";
import type { StartEnforcement, StoredEnforcement } from "./enforcement-store.ts";
import { storedEnforcement, switchColumns } from "./stored-enforcement.ts";
import { positionOf, turnSwitch } from "./turn-switch.ts";

/** Turns the switch and sets its guard, of what was predicted, in one. */
export function startEnforcement(
  database: ConfigDatabase,
  memory: PolicyMemory,
  { at, prediction, consent, budget, ...change }: StartEnforcement,
): Promise<StoredEnforcement> {
  return changeConfig(database, change, async (context) => {
    const { transaction, revision: configRevision } = context;
    const before = await positionOf(context, at);
    if (before.mode === "enforce")
      throw new EnforcementRefused(`${switchWords(at)} is set to enforce already`);
    const missing = missingConsent(gateOf(prediction), consent);
    if (missing !== undefined) throw new EnforcementRefused(missing);
    expectPredicted(prediction, newlyEnforced(await readConfigIn(transaction, memory), at));
    await endFormer(context, at, change.author);
    const after = await turnSwitch(context, at, "enforce", change);
    const frozen = at.scope === "policy" ? withRevision(prediction, after.revision) : prediction;
    const guarded = budget !== undefined && frozen.policies.length > 0;
    const watch = guarded ? { prediction: frozen, budget } : undefined;
    const progress = watch && startWatch(watch, Date.now());
    const row = await transaction.enforcement.create({
      data: {
        ...switchColumns(at),
        ...{ modeBefore: before.mode, phase: watch ? "watching" : "unguarded", configRevision },
        prediction: frozen as object,
        ...(watch && { budget: watch.budget, progress: progress as object }),
        policyRevision: after.revision ?? null,
        ...{ createdBy: change.author, reason: change.reason ?? null },
        ...(!watch && { endedAt: new Date() }),
      },
    });
    await writeEvent(transaction, row.id, {
      ...{
        author: change.author,
        action: "start",
        comment: change.reason,
        configRevision,
        progress: undefined,
      },
      reason: `${switchWords(at)}: enforced, ${watch ? "watched by the guard" : "without a guard"}`,
      checks: watch && progress ? guardChecks(watch, progress) : [],
    });
    return storedEnforcement(row);
  });
}

interface Head {
  readonly namespace: string;
  readonly name: string;
  readonly revision: number;
}

/** Whoever was shown what other policies would do has agreed to something else. */
function expectPredicted({ policies }: Prediction, reached: readonly Head[]): void {
  const keys = (heads: readonly Head[]) =>
    heads.map((head) => `${head.namespace}/${head.name} ${head.revision}`).sort();
  const [predicted, now] = [keys(policies), keys(reached)];
  if (predicted.join("\n") !== now.join("\n"))
    throw new EnforcementRefused(
      `the policies that would begin to act have changed since: ${now.join(", ") || "none"} now; look at what they would do again`,
    );
}

function withRevision(prediction: Prediction, revision: number | undefined): Prediction {
  if (revision === undefined) return prediction;
  return { ...prediction, policies: prediction.policies.map((policy) => ({ ...policy, revision })) };
}

/** Somebody set it back to observe, and nobody has looked at its guard since. */
async function endFormer({ transaction }: ChangeContext, at: ModeSwitch, author: string): Promise<void> {
  const former = await transaction.enforcement.findFirst({
    where: { ...switchColumns(at), phase: "watching" },
  });
  if (!former) return;
  await transaction.enforcement.update({
    where: { id: former.id },
    data: { phase: "ended", endedAt: new Date(), changes: { increment: 1 } },
  });
  await writeEvent(transaction, former.id, {
    ...{
      author,
      action: "end",
      comment: undefined,
      configRevision: undefined,
      progress: undefined,
      checks: [],
    },
    reason: `${switchWords(at)} was set back by somebody, and is enforced anew`,
  });
}
