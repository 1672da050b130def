import type { ConfigDatabase } from "../config/config-database.ts";
import { abortUnreadable } from "./abort-unreadable.ts";
import { commandRollout } from "./command-rollout.ts";
import { getRollout, listRollouts, rolloutEvents } from "./list-rollouts.ts";
import { recordLook } from "./record-look.ts";
import { replanRollout } from "./replan-rollout.ts";
import type { RolloutStore } from "./rollout-store.ts";
import { startRollout } from "./start-rollout.ts";
import { rolloutStartFindings } from "./starting-point.ts";

/** The part of the config store that is about rollouts. */
export function openRolloutStore(database: ConfigDatabase): RolloutStore {
  return {
    rolloutStartFindings: (plan) => rolloutStartFindings(database, plan),
    startRollout: (plan, change) => startRollout(database, plan, change),
    listRollouts: (query) => listRollouts(database, query),
    getRollout: (id) => getRollout(database, id),
    rolloutEvents: (id) => rolloutEvents(database, id),
    commandRollout: (id, asked, change) => commandRollout(database, id, asked, change),
    abortUnreadable: (id, change) => abortUnreadable(database, id, change),
    replanRollout: (id, plan, change) => replanRollout(database, id, plan, change),
    recordLook: (id, expectedChanges, taken) => recordLook(database, id, expectedChanges, taken),
  };
}
