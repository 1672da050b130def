import type { AccessLogCommon } from "@weir/telemetry/envoy";
import { isTime } from "../../processors/times.ts";

export interface EntryTimes {
  /** Nanoseconds since 1970. */
  readonly startNs: bigint;
  /** From the first byte of the request to the last of the answer, as the caller sees it. */
  readonly durationNs: number;
  /** Of it, from the first byte to the upstream to the last one from it; 0: there was none. */
  readonly upstreamNs: number;
}

/**
 * When a request began and what it took. Envoy's moments are relative to the start; those that were not reached are
 * absent, so the latest that was stands for the end. An entry without a start began when it was received.
 */
export function entryTimes(common: AccessLogCommon, receivedNs: bigint): EntryTimes {
  const { startTime = 0n, duration, timeToFirstUpstreamTxByte, timeToLastUpstreamRxByte } = common;
  const end =
    common.timeToLastDownstreamTxByte ?? duration ?? timeToLastUpstreamRxByte ?? common.timeToLastRxByte;
  const sent = timeToFirstUpstreamTxByte ?? 0n;
  const answered = timeToLastUpstreamRxByte ?? common.timeToFirstUpstreamRxByte ?? sent;
  return {
    startNs: isTime(startTime) ? startTime : receivedNs,
    durationNs: elapsed(end ?? 0n),
    upstreamNs: elapsed(answered - sent),
  };
}

/** Not below zero, and exact as a number. */
function elapsed(ns: bigint): number {
  return ns <= 0n ? 0 : Math.min(Number(ns), Number.MAX_SAFE_INTEGER);
}
