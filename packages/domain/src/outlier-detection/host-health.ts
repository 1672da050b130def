import type { TryAnswer } from "../retry/try-answer.ts";
import type { OutlierDetectionSettings } from "./outlier-detection-settings.ts";

/** Why a host is ejected, as Envoy names it. */
export type EjectionReason =
  | "consecutive5xx"
  | "consecutiveGatewayFailure"
  | "successRate"
  | "failurePercentage";

/** Cells that hold one host's health under one policy. */
export const hostHealthCells = 8;

/** What stands in which cell of a host. */
export const hostCell = {
  consecutive5xx: 0,
  consecutiveGatewayFailure: 1,
  /** Since the last sweep. */
  requests: 2,
  failures: 3,
  ejected: 4,
  /** Low 32 bits of the time in ms. */
  ejectedAt: 5,
  /** Times ejected, less one for each interval since that it was not. */
  multiplier: 6,
} as const;

/** Whether the host is left out now. */
export function isEjected(host: Int32Array): boolean {
  return Atomics.load(host, hostCell.ejected) !== 0;
}

/**
 * Counts one answer of a host, `status` as `outlierStatus` gives it. Returns why the host is due to be ejected, and
 * `ejectHost` then decides whether it may be; it is due again at every further failure until that was asked.
 */
export function recordResult(
  host: Int32Array,
  status: number,
  { consecutive5xx, consecutiveGatewayFailure }: OutlierDetectionSettings,
): EjectionReason | undefined {
  Atomics.add(host, hostCell.requests, 1);
  if (status < 500) {
    clear(host, hostCell.consecutive5xx);
    clear(host, hostCell.consecutiveGatewayFailure);
    return undefined;
  }
  Atomics.add(host, hostCell.failures, 1);
  const gateway = status >= 502 && status <= 504;
  const inRow = Atomics.add(host, hostCell.consecutive5xx, 1) + 1;
  if (!gateway) clear(host, hostCell.consecutiveGatewayFailure);
  const gatewayInRow = gateway ? Atomics.add(host, hostCell.consecutiveGatewayFailure, 1) + 1 : 0;
  if (isEjected(host)) return undefined;
  if (consecutiveGatewayFailure > 0 && gatewayInRow >= consecutiveGatewayFailure)
    return "consecutiveGatewayFailure";
  return consecutive5xx > 0 && inRow >= consecutive5xx ? "consecutive5xx" : undefined;
}

/**
 * The status that an answer counts as: no answer as the 503 or 504 that the caller gets (Envoy: local origin
 * errors, not split), a gRPC status as its HTTP status. A try that a breaker refused says nothing about the host:
 * undefined, not to be recorded.
 */
export function outlierStatus({ status, grpcStatus, failure }: TryAnswer): number | undefined {
  if (failure === "overflow") return undefined;
  if (failure !== undefined) return failure === "timeout" ? 504 : 503;
  return grpcStatus === undefined ? status : (httpOfGrpc[grpcStatus] ?? 500);
}

/** By gRPC status 0 to 16 (google.rpc.Code, "HTTP Mapping"). */
const httpOfGrpc: readonly number[] = [
  200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401,
];

function clear(host: Int32Array, cell: number): void {
  if (Atomics.load(host, cell) !== 0) Atomics.store(host, cell, 0);
}
