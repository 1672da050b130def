import { ownAuthor } from "@weir/domain";
import type { Decision } from "@weir/rollout";
import { changeConfig } from "../config/change-config.ts";
import type { ConfigDatabase } from "../config/config-database.ts";
import { changeRollout, rolloutToChange } from "./change-rollout.ts";
import type { Look, LookTaken } from "./rollout-store.ts";
import { storedJson, storedText } from "./stored-json.ts";

/** A look that holds is kept as the newest; one that decides something changes the rollout. */
export function recordLook(
  database: ConfigDatabase,
  id: number,
  expectedChanges: number,
  taken: LookTaken,
): Promise<boolean> {
  const { action, reason } = taken.decision;
  if (action === "hold") return keepLook(database, id, expectedChanges, taken);
  return changeConfig(database, { origin: "rollout", reason: storedText(reason) }, async (context) => {
    const rollout = await rolloutToChange(context.transaction, id);
    if (rollout.state.changes !== expectedChanges || rollout.endedAt !== undefined) return false;
    const { decision, ...seen } = taken;
    const { state, atMs } = decision;
    await changeRollout(context, rollout, {
      ...{ action, author: ownAuthor, reason, comment: undefined, state, at: new Date(atMs) },
      taken: { look: lookOf(decision), ...seen },
    });
    return true;
  });
}

/** Every few seconds and without the mesh's lock. It may be made twice, so a connection that broke is no failure. */
async function keepLook(
  database: ConfigDatabase,
  id: number,
  expectedChanges: number,
  { decision, analysis, course, signals }: LookTaken,
): Promise<boolean> {
  const kept = await database.query(
    (prisma) => prisma.$executeRaw`
      UPDATE rollout SET state = ${storedJson(decision.state)}::jsonb, analysis = ${JSON.stringify(analysis)},
        look = ${storedJson(lookOf(decision))}::jsonb, course = ${storedJson(course)}::jsonb,
        signals = ${signals === undefined ? null : storedJson(signals)}::jsonb
      WHERE id = ${id}::int AND changes = ${expectedChanges}::int AND ended_at IS NULL`,
  );
  return kept > 0;
}

function lookOf({ atMs, action, reason, evidence }: Decision): Look {
  return { atMs, action, reason, evidence };
}
