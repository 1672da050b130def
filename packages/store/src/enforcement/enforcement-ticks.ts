import { Mode, type Window } from "@weir/domain";
import type { EnforcementTick, Prediction } from "@weir/rollout";
import type { Sql } from "../connection/open-sql.ts";
import { arrivedSignals } from "../telemetry/arrived-signals.ts";
import { decisionsBySlot } from "../telemetry/decisions-by-slot.ts";
import { requestsByCaller } from "../telemetry/requests-by-caller.ts";
import { slotMs } from "../telemetry/time.ts";
import { signalsOf } from "./predict-enforcement.ts";

/** What the policies and services of a prediction did, a tick for each slot of the window, which begins and ends with one. */
export async function enforcementTicks(
  sql: Sql,
  { policies, services }: Prediction,
  window: Window,
): Promise<EnforcementTick[]> {
  const count = Math.round((window.toMs - window.fromMs) / slotMs);
  const targets = policies
    .filter(({ requests }) => requests !== undefined)
    .map(({ namespace, targetRef }) => ({ namespace, service: targetRef }));
  const [decisions, arrived, asked] = await Promise.all([
    decisionsBySlot(sql, policies, window),
    arrivedSignals(sql, services, window),
    requestsByCaller(sql, targets, { window, stepMs: slotMs, count }),
  ]);
  const bySlot = Map.groupBy(decisions, ({ atMs }) => atMs);
  return Array.from({ length: count }, (_, step) => {
    const fromMs = window.fromMs + step * slotMs;
    return {
      ...{ fromMs, toMs: fromMs + slotMs, held: false },
      decisions: (bySlot.get(fromMs) ?? []).map((row) => ({ ...row, mode: Mode.parse(row.mode) })),
      asked: asked.map(({ source, destination, requests }) => ({
        ...{ source, destination, requests: requests[step] ?? 0 },
      })),
      services: arrived.map(({ namespace, service, slots }) => ({
        ...{ namespace, service },
        ...signalsOf(slots.slice(step, step + 1)),
      })),
    };
  });
}
