import type { Window } from "@weir/domain";
import type { Signals } from "@weir/rollout";
import { guarded, type Sql } from "../connection/open-sql.ts";
import type { ServiceName } from "./answers.ts";
import { addStepRows } from "./edges/add-step-rows.ts";
import { eachGroup, type StepRows } from "./edges/each-group.ts";
import { signalsOf } from "./edges/row-answers.ts";
import { slotMs } from "./time.ts";

/** Requests that arrived at a service in ten seconds, or whatever was asked for. */
export interface ArrivedSlot extends Signals {
  /** Start of that time. */
  readonly atMs: number;
}

export interface ArrivedSignals extends ServiceName {
  /** In the order of time; those without requests are there too. */
  readonly slots: readonly ArrivedSlot[];
}

/**
 * What arrived at these services, ten seconds by ten seconds or by intervals of `stepMs`, in a window that begins and ends with
 * one. Counted as on the map. Services without a request in the window are left out.
 */
export function arrivedSignals(
  sql: Sql,
  services: readonly ServiceName[],
  window: Window,
  stepMs = slotMs,
): Promise<ArrivedSignals[]> {
  return guarded(sql, async () => {
    const count = Math.max(1, Math.round((window.toMs - window.fromMs) / stepMs));
    const wanted = new Set(services.map(nameOf));
    const found = new Map<string, { service: ServiceName; rows: StepRows }>();
    const [only] = services;
    await eachGroup(
      sql,
      services.length === 1 && only ? { destination: only } : {},
      { window, stepMs, count },
      ({ target }) => target.pair.destination,
      (service, rows) => {
        const name = nameOf(service);
        if (!wanted.has(name)) return;
        found.set(name, { service, rows: addStepRows(found.get(name)?.rows, rows) });
      },
    );
    return [...found.values()].map(({ service: { namespace, service }, rows }) => ({
      ...{ namespace, service },
      slots: rows.rows.map((row, step) => ({
        atMs: window.fromMs + step * stepMs,
        ...signalsOf(rows, [row]),
      })),
    }));
  });
}

function nameOf({ namespace, service }: ServiceName): string {
  return `${namespace}/${service}`;
}
