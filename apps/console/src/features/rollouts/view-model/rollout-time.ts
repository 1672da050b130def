import type { WindowText } from "@weir/domain";
import { maxWindowMs, textOfWindow } from "@weir/domain/browser";
import type { Changes } from "../../../server/changes/list.ts";
import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";

type Told = Pick<ShownRollout, "createdAtMs" | "endedAtMs">;

/** The time of a rollout that is over, to whole slots of telemetry, or the last of it that can be asked for; undefined while it goes on. */
export function rolloutTime({ createdAtMs, endedAtMs }: Told): WindowText | undefined {
  if (endedAtMs === undefined) return undefined;
  const slotMs = 10_000;
  const toMs = Math.floor(endedAtMs / slotMs) * slotMs + slotMs;
  const fromMs = Math.floor(createdAtMs / slotMs) * slotMs;
  return textOfWindow({ fromMs: Math.max(fromMs, toMs - maxWindowMs), toMs });
}

/** What became of one rollout, of the changes of its service: those lead to its page. */
export function ownChanges(changes: Changes, id: number): Changes {
  const own = new RegExp(`^/rollouts/${id}(?!\\d)`);
  return {
    ...changes,
    changes: changes.changes.filter(({ kind, href }) => kind === "rollout" && own.test(href)),
  };
}
