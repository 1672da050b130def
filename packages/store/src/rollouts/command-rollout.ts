import { type Command, command } from "@weir/rollout";
import { changeConfig } from "../config/change-config.ts";
import type { ConfigDatabase } from "../config/config-database.ts";
import type { Change } from "../config/config-store.ts";
import { databaseNow } from "../config/database-now.ts";
import { changeRollout, rolloutToChange } from "./change-rollout.ts";
import { RolloutRefused } from "./rollout-refused.ts";
import type { StoredRollout } from "./rollout-store.ts";

export function commandRollout(
  database: ConfigDatabase,
  id: number,
  asked: Command,
  change: Change,
): Promise<StoredRollout> {
  return changeConfig(database, change, async (context) => {
    const rollout = await rolloutToChange(context.transaction, id);
    const outcome = command(rollout.state, asked, rollout.plan);
    if ("refused" in outcome) throw new RolloutRefused(outcome.refused);
    const at = await databaseNow(context.transaction);
    return changeRollout(context, rollout, {
      ...{ action: asked.kind, author: change.author, at, reason: outcome.reason, comment: change.reason },
      state: { ...outcome.state, seenMs: at.getTime() }, // what it was before is no time of what it is now
    });
  });
}
