import { emptyHistogram, type Window } from "@weir/domain";
import type { Signals } from "@weir/rollout";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName } from "./answers.ts";
import { addStepRows } from "./edges/add-step-rows.ts";
import { pairsOf, type StepRows } from "./edges/each-group.ts";
import { signalsOf } from "./edges/row-answers.ts";
import { sumEvidence } from "./edges/sum-evidence.ts";
import { slotMs } from "./time.ts";

/** What versions of a service did in ten seconds. */
export interface VersionTick {
  readonly fromMs: number;
  readonly toMs: number;
  /** In the order in which the versions were asked for. */
  readonly versions: readonly Signals[];
}

/**
 * What versions of a service did, slot by slot of ten seconds, in a window that begins and ends with one; slots without requests
 * are there too.
 *
 * @param reports `arrived`: as the versions' own sidecars count, copies included; absent: as everywhere, by their callers'.
 */
export function versionTicks(
  sql: Sql,
  service: ServiceName,
  versions: readonly string[],
  window: Window,
  reports?: "arrived",
): Promise<VersionTick[]> {
  return guarded(sql, async () => {
    const count = Math.round((window.toMs - window.fromMs) / slotMs);
    if (count <= 0) return [];
    const found = new Map<string, StepRows>();
    await sumEvidence(
      sql,
      {
        ...{ ...pairsOf({ destination: service }), window, ...(reports && { reports }) },
        steps: { fromMs: window.fromMs, stepMs: slotMs, count },
        group: ({ target }) => target.version,
      },
      (sums) =>
        sums.groups.forEach((version, group) => {
          if (!versions.includes(version)) return;
          const rows = Array.from({ length: count }, (_, step) => group * count + step);
          found.set(version, addStepRows(found.get(version), { ...sums, rows }));
        }),
    );
    return Array.from({ length: count }, (_, step) => {
      const fromMs = window.fromMs + step * slotMs;
      return {
        ...{ fromMs, toMs: fromMs + slotMs },
        versions: versions.map((version) => signalsAt(found.get(version), step)),
      };
    });
  });
}

function signalsAt(own: StepRows | undefined, step: number): Signals {
  const row = own?.rows[step];
  if (own === undefined || row === undefined) return { requests: 0, failures: 0, durations: emptyHistogram };
  return signalsOf(own, [row]);
}
