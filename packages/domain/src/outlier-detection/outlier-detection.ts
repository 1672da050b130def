import { type EjectionReason, hostCell, isEjected } from "./host-health.ts";
import type { OutlierDetectionSettings } from "./outlier-detection-settings.ts";
import { statisticalOutliers } from "./statistical-outliers.ts";

export interface Ejection {
  /** Position in the list of hosts. */
  readonly host: number;
  readonly reason: EjectionReason;
}

export interface SweepResult {
  readonly ejected: readonly Ejection[];
  /** Positions of the hosts that are used again. */
  readonly returned: readonly number[];
}

/** Cells that hosts judged against each other share. */
export const outlierGroupCells = 4;

const lockCell = 0;
const startedCell = 1;
const sweptAtCell = 2;
const changesCell = 3;

/** Nobody is inside for more than microseconds; a thread that was ended inside is not waited for. */
const lockExpiresMs = 10_000;

/**
 * Ejects a host that is due, unless `maxEjectionPercent` of `hosts` are out already (Envoy: one may be out whatever
 * the percentage). False, and the host stays due, while another thread is deciding about the same hosts.
 */
export function ejectHost(
  group: Int32Array,
  hosts: readonly Int32Array[],
  host: Int32Array,
  settings: OutlierDetectionSettings,
  nowMs: number,
): boolean {
  const ejected = locked(group, nowMs, () => eject(hosts, host, settings, nowMs)) ?? false;
  if (ejected) Atomics.add(group, changesCell, 1);
  return ejected;
}

/** Differs from an earlier answer when a host was ejected or returned since: tells when to look at all of them again. */
export function outlierChanges(group: Int32Array): number {
  return Atomics.load(group, changesCell);
}

/** The sweep of this interval, by whichever thread asks first; undefined when it is not due or done elsewhere. */
export function sweepIfDue(
  group: Int32Array,
  hosts: readonly Int32Array[],
  settings: OutlierDetectionSettings,
  nowMs: number,
): SweepResult | undefined {
  if (!sweepDue(group, settings, nowMs)) return undefined;
  return locked(group, nowMs, () => {
    if (!sweepDue(group, settings, nowMs)) return undefined;
    const first = Atomics.exchange(group, startedCell, 1) === 0;
    Atomics.store(group, sweptAtCell, nowMs | 0);
    if (first) return undefined;
    const result = sweep(hosts, settings, nowMs);
    Atomics.add(group, changesCell, result.ejected.length + result.returned.length);
    return result;
  });
}

/**
 * One interval's end (Envoy: outlier detector's interval timer): hosts whose time is over return, the multiplier of
 * hosts that were not out decreases, and those that stand out from the others by the interval's counts are ejected.
 * All state is in the hosts' cells; the counts begin anew.
 */
export function sweep(
  hosts: readonly Int32Array[],
  settings: OutlierDetectionSettings,
  nowMs: number,
): SweepResult {
  const returned: number[] = [];
  hosts.forEach((host, index) => {
    if (!isEjected(host)) decrease(host);
    else if (isOver(host, settings, nowMs)) {
      restore(host);
      returned.push(index);
    }
  });
  const ejected: Ejection[] = [];
  for (const outlier of statisticalOutliers(hosts, settings)) {
    const host = hosts[outlier.host] as Int32Array;
    if (!isEjected(host) && eject(hosts, host, settings, nowMs)) ejected.push(outlier);
  }
  return { ejected, returned };
}

function sweepDue(group: Int32Array, { intervalMs }: OutlierDetectionSettings, nowMs: number): boolean {
  if (Atomics.load(group, startedCell) === 0) return true;
  const sinceMs = (nowMs - Atomics.load(group, sweptAtCell)) | 0;
  return sinceMs >= intervalMs || sinceMs < -intervalMs;
}

function eject(
  hosts: readonly Int32Array[],
  host: Int32Array,
  { maxEjectionPercent, baseEjectionMs, maxEjectionMs }: OutlierDetectionSettings,
  nowMs: number,
): boolean {
  Atomics.store(host, hostCell.consecutive5xx, 0);
  Atomics.store(host, hostCell.consecutiveGatewayFailure, 0);
  if (maxEjectionPercent === 0 || isEjected(host)) return false;
  const out = hosts.filter(isEjected).length;
  if (out > 0 && (100 * (out + 1)) / hosts.length > maxEjectionPercent) return false;
  const multiplier = Atomics.load(host, hostCell.multiplier);
  if (multiplier * baseEjectionMs < maxEjectionMs + baseEjectionMs)
    Atomics.store(host, hostCell.multiplier, multiplier + 1);
  Atomics.store(host, hostCell.ejectedAt, nowMs | 0);
  Atomics.store(host, hostCell.ejected, 1);
  return true;
}

function decrease(host: Int32Array): void {
  if (Atomics.load(host, hostCell.multiplier) > 0) Atomics.sub(host, hostCell.multiplier, 1);
}

function isOver(
  host: Int32Array,
  { baseEjectionMs, maxEjectionMs }: OutlierDetectionSettings,
  nowMs: number,
): boolean {
  const outMs = (nowMs - Atomics.load(host, hostCell.ejectedAt)) | 0;
  // The clock was set back: the time out begins anew, so that it stays bounded.
  if (outMs < 0) Atomics.store(host, hostCell.ejectedAt, nowMs | 0);
  return outMs >= Math.min(baseEjectionMs * Atomics.load(host, hostCell.multiplier), maxEjectionMs);
}

/** What was counted while the host was out must not eject it at its first new failure. */
function restore(host: Int32Array): void {
  Atomics.store(host, hostCell.consecutive5xx, 0);
  Atomics.store(host, hostCell.consecutiveGatewayFailure, 0);
  Atomics.store(host, hostCell.ejected, 0);
}

function locked<Result>(group: Int32Array, nowMs: number, run: () => Result): Result | undefined {
  const stamp = nowMs | 0 || 1;
  const holder = Atomics.load(group, lockCell);
  if (holder !== 0 && Math.abs((stamp - holder) | 0) < lockExpiresMs) return undefined;
  if (Atomics.compareExchange(group, lockCell, holder, stamp) !== holder) return undefined;
  try {
    return run();
  } finally {
    Atomics.compareExchange(group, lockCell, stamp, 0);
  }
}
