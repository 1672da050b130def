import type { Window } from "@weir/domain";
import type { Signals } from "@weir/rollout";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName } from "./answers.ts";
import { readCoveredTime } from "./covered-time.ts";
import { addStepRows } from "./edges/add-step-rows.ts";
import { eachGroup, type StepRows } from "./edges/each-group.ts";
import { readEdgeMarks } from "./edges/rollup-marks.ts";
import { signalsOf } from "./edges/row-answers.ts";

/** What one version of a service did in one slot. */
export interface VersionSlot extends Signals {
  readonly version: string;
  readonly fromMs: number;
}

/** The slots of a window, the finest that are kept of all of it. */
export interface VersionSlots extends Window {
  /** `fromMs` and `toMs` are multiples of it: the part of the window that was heard of, in whole slots. */
  readonly slotMs: number;
  /** In the order of time; those without requests are left out. */
  readonly slots: readonly VersionSlot[];
}

/** Requests that arrived at a service, whoever sent them, by version and slot. */
export function versionSlots(sql: Sql, service: ServiceName, window: Window): Promise<VersionSlots> {
  return guarded(sql, async () => {
    const marks = await readEdgeMarks(sql);
    const finest = marks.find(({ keptFromMs }) => window.fromMs >= keptFromMs) ?? marks.at(-1)!;
    const { slotMs } = finest.level;
    const covered = await readCoveredTime(sql, window);
    const fromMs = Math.floor(covered.fromMs / slotMs) * slotMs;
    const count = Math.max(1, Math.floor((covered.toMs - fromMs) / slotMs));
    const toMs = fromMs + count * slotMs;
    const found = new Map<string, StepRows>();
    await eachGroup(
      sql,
      { destination: service },
      { window: { fromMs, toMs }, stepMs: slotMs, count },
      ({ target }) => target.version,
      (version, rows) => {
        found.set(version, addStepRows(found.get(version), rows));
      },
    );
    found.delete(""); // no version was reached
    const slots = [...found].flatMap(([version, own]) => slotsOf(version, own, fromMs, slotMs));
    return { slotMs, fromMs, toMs, slots: slots.sort((a, b) => a.fromMs - b.fromMs) };
  });
}

function slotsOf(version: string, own: StepRows, fromMs: number, slotMs: number): VersionSlot[] {
  return own.rows.flatMap((row, step) => {
    const signals = signalsOf(own, [row]);
    return signals.requests === 0 ? [] : [{ version, fromMs: fromMs + step * slotMs, ...signals }];
  });
}
