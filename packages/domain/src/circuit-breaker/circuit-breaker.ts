import { addHeld, noteHeld } from "../cells.ts";
import type { CircuitBreakerSpec } from "./circuit-breaker-spec.ts";

export interface CircuitBreakerSettings {
  readonly maxConnections: number;
  readonly maxPendingRequests: number;
  readonly maxRequests: number;
  readonly maxRetries: number;
}

/** What a breaker counts: open connections, requests that wait for one, requests and retries under way. */
export type BreakerResource = "connections" | "pending" | "requests" | "retries";

/** Limits as somebody wrote them, with Envoy's defaults in place. */
export function circuitBreakerSettings(spec: CircuitBreakerSpec): CircuitBreakerSettings {
  return {
    maxConnections: spec.maxConnections ?? 1024,
    maxPendingRequests: spec.maxPendingRequests ?? 1024,
    maxRequests: spec.maxRequests ?? 1024,
    maxRetries: spec.maxRetries ?? 3,
  };
}

/** Cells that one service's counts take: they are counted once, however many breakers judge them. */
export const circuitBreakerCells = 4;

/**
 * Takes a place under an enforced breaker's limit; false when there is none, and then nothing was taken and the
 * request is to be answered 503 UO. Who got a place gives it back with `leaveBreaker`.
 */
export function tryEnterBreaker(
  cells: Int32Array,
  resource: BreakerResource,
  settings: CircuitBreakerSettings,
): boolean {
  const cell = cellOf[resource];
  const limit = limitOf(resource, settings);
  for (;;) {
    const taken = Atomics.load(cells, cell);
    if (taken >= limit) return false;
    if (Atomics.compareExchange(cells, cell, taken, taken + 1) !== taken) continue;
    noteHeld(cells, cell, 1);
    return true;
  }
}

/** Takes a place whatever the limits: where no breaker is enforced. */
export function enterBreaker(cells: Int32Array, resource: BreakerResource): void {
  addHeld(cells, cellOf[resource], 1);
}

/** Whether an observed breaker would refuse a place now; asked before the place is taken. */
export function wouldOverflow(
  cells: Int32Array,
  resource: BreakerResource,
  settings: CircuitBreakerSettings,
): boolean {
  return Atomics.load(cells, cellOf[resource]) >= limitOf(resource, settings);
}

export function leaveBreaker(cells: Int32Array, resource: BreakerResource): void {
  addHeld(cells, cellOf[resource], -1);
}

/** How many places are taken now. */
export function breakerCount(cells: Int32Array, resource: BreakerResource): number {
  return Atomics.load(cells, cellOf[resource]);
}

const cellOf: Record<BreakerResource, number> = { connections: 0, pending: 1, requests: 2, retries: 3 };

function limitOf(resource: BreakerResource, settings: CircuitBreakerSettings): number {
  switch (resource) {
    case "connections":
      return settings.maxConnections;
    case "pending":
      return settings.maxPendingRequests;
    case "requests":
      return settings.maxRequests;
    case "retries":
      return settings.maxRetries;
  }
}
