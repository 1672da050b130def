import { ownAuthor, switchWords } from "@weir/domain";
import { type EnforcementVerdict, guardChecks } from "@weir/rollout";
import { type ChangeContext, changeConfig } from "../config/change-config.ts";
import type { ConfigDatabase } from "../config/config-database.ts";
import type { Change } from "../config/config-store.ts";
import { NotFound } from "../config/not-found.ts";
import type { PolicyMemory } from "../config/policy-memory.ts";
import { writeEvent } from "./enforcement-events.ts";
import { EnforcementRefused } from "./enforcement-refused.ts";
import type {
  EnforcementEvent,
  EnforcementPhase,
  StoredEnforcement,
  WatchLook,
} from "./enforcement-store.ts";
import { storedEnforcement } from "./stored-enforcement.ts";
import { takeBack } from "./take-back.ts";
import { positionOf } from "./turn-switch.ts";

interface Stores {
  readonly database: ConfigDatabase;
  readonly memory: PolicyMemory;
}

export function recordWatch(
  { database, memory }: Stores,
  id: number,
  expectedChanges: number,
  { atMs, verdict, progress }: WatchLook,
): Promise<boolean> {
  return changeConfig(database, { origin: "guard", reason: verdict.reason }, async (context) => {
    const found = await find(context, id);
    if (found.phase !== "watching" || found.changes !== expectedChanges) return false;
    const { action, reason } = await verdictNow(context, found, verdict);
    const look = { atMs, reason };
    const data = { progress: progress as object, look, changes: { increment: 1 } };
    await context.transaction.enforcement.update({ where: { id }, data });
    if (action !== "watch")
      await end(
        context,
        memory,
        { ...found, progress, look },
        { action, reason, author: ownAuthor, comment: undefined },
      );
    return true;
  });
}

export function takeBackEnforcement(stores: Stores, id: number, change: Change): Promise<StoredEnforcement> {
  return endByHand(stores, id, change, { action: "takeBack", reason: "taken back by hand" });
}

export function keepEnforcement(stores: Stores, id: number, change: Change): Promise<StoredEnforcement> {
  return endByHand(stores, id, change, { action: "keep", reason: "kept by hand: nobody watches any more" });
}

function endByHand(
  { database, memory }: Stores,
  id: number,
  { author, reason: comment }: Change,
  asked: Pick<EnforcementVerdict, "action" | "reason">,
): Promise<StoredEnforcement> {
  const change = { author, reason: comment ?? asked.reason };
  return changeConfig(database, change, async (context) => {
    const found = await find(context, id);
    if (found.phase !== "watching") throw new EnforcementRefused("nobody watches it any more: it is over");
    const { action, reason } = await verdictNow(context, found, asked);
    await end(context, memory, found, { action, reason, author, comment });
    return find(context, id);
  });
}

async function find({ transaction }: ChangeContext, id: number): Promise<StoredEnforcement> {
  const row = await transaction.enforcement.findUnique({ where: { id } });
  if (!row) throw new NotFound(`enforcement ${id}`);
  return storedEnforcement(row);
}

type Asked = Pick<EnforcementVerdict, "action" | "reason">;

/** Whoever turned the switch since has decided: their change is not undone, and there is nothing left to watch. */
async function verdictNow(
  context: ChangeContext,
  { at, policyRevision }: StoredEnforcement,
  asked: Asked,
): Promise<Asked> {
  const now = await positionOf(context, at).catch((error: unknown) => {
    if (error instanceof NotFound) return undefined;
    throw error;
  });
  if (now === undefined) return { action: "end", reason: `${switchWords(at)} is no more` };
  if (now.mode === "enforce" && now.revision === policyRevision) return asked;
  const what = now.mode === "enforce" ? "changed" : `set to ${now.mode ?? "inherit its mode"}`;
  return {
    action: "end",
    reason: `${switchWords(at)} was ${what} by somebody else since: nobody watches any more`,
  };
}

const phases: Record<EnforcementEvent["action"], EnforcementPhase> = {
  start: "watching",
  takeBack: "takenBack",
  keep: "kept",
  end: "ended",
};

interface Ending extends Asked {
  readonly author: string;
  readonly comment: string | undefined;
}

async function end(
  context: ChangeContext,
  memory: PolicyMemory,
  found: StoredEnforcement,
  { action, reason, author, comment }: Ending,
): Promise<void> {
  if (action === "watch") return;
  const { id, prediction, budget, progress } = found;
  const look = { atMs: found.look?.atMs ?? Date.now(), reason }; // what is said of it last of all
  const change = { author, reason: comment ?? reason };
  const more = action === "takeBack" ? await takeBack(context, memory, found, change) : undefined;
  await context.transaction.enforcement.update({
    where: { id },
    data: { phase: phases[action], endedAt: new Date(), look, changes: { increment: 1 } },
  });
  await writeEvent(context.transaction, id, {
    ...{ author, action, comment, progress },
    reason: more === undefined ? reason : `${reason}. ${more}`,
    checks: budget && progress ? guardChecks({ prediction, budget }, progress) : [],
    configRevision: action === "takeBack" ? context.revision : undefined,
  });
}
