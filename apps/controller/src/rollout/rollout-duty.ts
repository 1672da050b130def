import type { RegisteredEndpoint } from "@weir/domain";
import type { OtherCheck } from "@weir/rollout";
import { type ConfigStore, newestSlotEnd, type Sql, type StoredRollout } from "@weir/store";
import type { Logger } from "@weir/telemetry/process";
import type { Duty } from "../duties/duty.ts";
import { failTogether, unreadableFailure } from "../duties/fail-together.ts";
import { type LookSettings, lookAtRollout } from "./look-at-rollout.ts";
import type { RolloutMeters } from "./rollout-meters.ts";

export interface RolloutDutySettings {
  readonly store: Pick<
    ConfigStore,
    "listRollouts" | "readMeshConfig" | "liveEndpoints" | "convergenceOf" | "recordLook"
  >;
  readonly sql: Sql;
  readonly meters: RolloutMeters;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What queries and webhooks say of a rollout just now; waits for nobody. */
  readonly others: (rollout: StoredRollout) => readonly OtherCheck[];
}

const pageSize = 200;

/** Drives every rollout that is not over: a look at each, and what follows from it stored over what it was decided on. */
export function rolloutDuty(settings: RolloutDutySettings): Duty {
  const { store, sql, meters } = settings;
  return {
    name: "rollouts",
    everyMs: 2_000,
    async run(signal) {
      const { rollouts, failures } = await readRunning(store);
      meters.forget();
      if (rollouts.length === 0) return failTogether(failures);
      const { mesh } = await store.readMeshConfig();
      const endpoints = await store.liveEndpoints();
      const newestMs = await newestSlotEnd(sql);
      for (const rollout of rollouts) {
        if (signal.aborted) return;
        // One that cannot be looked at keeps its traffic, and holds up no other.
        const isCanaryGone = lacksCanary(rollout, endpoints);
        await look(settings, rollout, { newestMs, held: mesh.hold, isCanaryGone }).catch((error: unknown) =>
          failures.push(failureOf(rollout, error)),
        );
      }
      failTogether(failures);
    },
    left: () => meters.forget(),
  };
}

/** One that cannot be read keeps its traffic, and holds up no other. */
async function readRunning(store: Pick<ConfigStore, "listRollouts">) {
  const rollouts: StoredRollout[] = [];
  const failures: Error[] = [];
  let before: number | undefined;
  do {
    const page = await store.listRollouts({ running: true, limit: pageSize, before });
    rollouts.push(...page.found);
    failures.push(...page.unreadable.map((row) => unreadableFailure("rollout", row)));
    before = page.before;
  } while (before !== undefined);
  return { rollouts, failures };
}

async function look(
  { store, sql, meters, logger, now, others }: RolloutDutySettings,
  rollout: StoredRollout,
  mesh: Pick<LookSettings, "newestMs" | "held" | "isCanaryGone">,
): Promise<void> {
  const { id, plan, state } = rollout;
  const taken = await lookAtRollout(rollout, {
    ...{ store, sql, ...mesh, nowMs: now(), others: others(rollout) },
  });
  const isStored = await store.recordLook(id, state.changes, taken);
  if (!isStored) return;
  meters.looked(rollout, taken);
  const { action, reason } = taken.decision;
  if (action === "hold") return;
  const service = `${plan.namespace}/${plan.targetRef}`;
  logger.info({ rollout: id, service, action, reason }, "a rollout was decided on");
}

/** The canary has no endpoint, and the baseline has. */
function lacksCanary({ plan }: StoredRollout, endpoints: readonly RegisteredEndpoint[]): boolean {
  const { namespace, targetRef, baseline, canary } = plan;
  const own = endpoints.filter((one) => one.namespace === namespace && one.service === targetRef);
  return own.some(({ version }) => version === baseline) && !own.some(({ version }) => version === canary);
}

function failureOf({ id, plan }: StoredRollout, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Error(`rollout ${id} of ${plan.namespace}/${plan.targetRef}: ${why}`, { cause });
}
