import { addHeld, noteHeld } from "../cells.ts";
import type { RetryBudgetSettings } from "./retry.ts";

/** Cells that one service's budget takes. */
export const retryBudgetCells = 2;

const requestsCell = 0;
const retriesCell = 1;

/** Every request to the service enters when it begins and leaves when it is over, its retries included. */
export function enterRequest(cells: Int32Array): void {
  addHeld(cells, requestsCell, 1);
}

export function leaveRequest(cells: Int32Array): void {
  addHeld(cells, requestsCell, -1);
}

/**
 * Takes a place for one retry; false when as many are under way as the budget allows: `percent` of the requests
 * under way, and `minConcurrent` in any case (Envoy: retry_budget). Who got one gives it back with `leaveRetry`.
 */
export function tryRetry(cells: Int32Array, { percent, minConcurrent }: RetryBudgetSettings): boolean {
  for (;;) {
    const retries = Atomics.load(cells, retriesCell);
    const share = Math.floor((Atomics.load(cells, requestsCell) * percent) / 100);
    if (retries >= Math.max(share, minConcurrent)) return false;
    if (Atomics.compareExchange(cells, retriesCell, retries, retries + 1) !== retries) continue;
    noteHeld(cells, retriesCell, 1);
    return true;
  }
}

export function leaveRetry(cells: Int32Array): void {
  addHeld(cells, retriesCell, -1);
}
