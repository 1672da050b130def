import type { Window } from "@weir/domain";
import { type EnforcementTick, elapseWatch, judgeEnforcement, observeEnforcement } from "@weir/rollout";
import {
  type ConfigStore,
  enforcementTicks,
  newestSlotEnd,
  type Sql,
  type StoredEnforcement,
} from "@weir/store";
import type { Logger } from "@weir/telemetry/process";
import type { Duty } from "../duties/duty.ts";
import { failTogether, unreadableFailure } from "../duties/fail-together.ts";
import { heldSlots, newSlots } from "./new-slots.ts";

export interface GuardSettings {
  readonly store: Pick<ConfigStore, "listEnforcements" | "readMeshConfig" | "recordWatch">;
  readonly sql: Sql;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const mostWatched = 1_000;
/** What was learnt is stored with each new slot; where none comes, this often. */
const storeAfterMs = 10_000;

/** Watches what was switched to enforce, and takes it back where it does other than was predicted. */
export function guardDuty(settings: GuardSettings): Duty {
  return {
    name: "guards",
    everyMs: 2_000,
    async run(signal) {
      const { found: watched, unreadable } = await settings.store.listEnforcements({
        ...{ phase: "watching", limit: mostWatched },
      });
      const failures = unreadable.map((row) => unreadableFailure("enforcement", row));
      if (watched.length === 0) return failTogether(failures);
      const { mesh } = await settings.store.readMeshConfig();
      const newest = await newestSlotEnd(settings.sql);
      for (const enforcement of watched) {
        if (signal.aborted) return;
        // One that cannot be judged or taken back leaves no other unwatched.
        await look(settings, enforcement, { newest, held: mesh.hold }).catch((error: unknown) =>
          failures.push(failureOf(enforcement, error)),
        );
      }
      failTogether(failures);
    },
  };
}

/** Whoever is ended before the verdict is stored makes it again: of the same slots comes the same one. */
async function look(
  { store, sql, logger, now }: GuardSettings,
  { id, prediction, budget, progress: before, changes, createdAt }: StoredEnforcement,
  { newest, held }: { readonly newest: number | undefined; readonly held: boolean },
): Promise<void> {
  if (budget === undefined || before === undefined) return;
  const watch = { prediction, budget };
  const nowMs = now();
  const ticksIn = async (slots: Window): Promise<EnforcementTick[]> =>
    held
      ? [{ ...slots, held, decisions: [], asked: [], services: [] }]
      : enforcementTicks(sql, prediction, slots);
  const sinceMs = before.toMs ?? createdAt.getTime();
  const slots = held ? heldSlots(sinceMs, newest) : newSlots({ sinceMs, newestEndMs: newest, nowMs });
  const ticks = slots ? await ticksIn(slots) : [];
  const seen = ticks.reduce((progress, tick) => observeEnforcement(progress, tick, watch), before);
  const progress = elapseWatch(seen, watch, nowMs);
  const verdict = judgeEnforcement(watch, progress, nowMs);
  const isNews =
    ticks.length > 0 || verdict.action !== "watch" || Math.abs(nowMs - before.seenMs) >= storeAfterMs;
  if (!isNews || !(await store.recordWatch(id, changes, { atMs: nowMs, verdict, progress }))) return;
  if (verdict.action !== "watch")
    logger.info(
      { enforcement: id, action: verdict.action, reason: verdict.reason },
      "an enforcement was judged",
    );
}

function failureOf({ id }: StoredEnforcement, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Error(`enforcement ${id}: ${why}`, { cause });
}
