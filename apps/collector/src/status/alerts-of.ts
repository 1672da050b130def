import type { Retention } from "@weir/store";

/** What a collector knows of itself. Times are milliseconds since 1970, sizes bytes. */
export interface CollectorState {
  readonly nowMs: number;
  /** Undefined: the database is up. */
  readonly databaseAway: string | undefined;
  /** Undefined: there is none. */
  readonly spool:
    | {
        readonly requests: number;
        readonly bytes: number;
        readonly maxBytes: number;
        /** When the oldest request of it came. */
        readonly oldestMs: number | undefined;
      }
    | undefined;
  /** Where spans wait for the verdicts of tail sampling; undefined: there is none. */
  readonly tailSpool:
    | { readonly requests: number; readonly bytes: number; readonly maxBytes: number }
    | undefined;
  /** Requests between arrival and answer. */
  readonly inFlight: number;
  /** Since the last commit, or the start. */
  readonly lastCommitAgeMs: number;
  /** Since this collector last found no edges that wait for their rollups, or its start. */
  readonly lastFoldAgeMs: number;
  /** Items of the last five minutes that their senders have to send again; of requests that were not read, one each. */
  readonly turnedAway: number;
  /** Items of the last five minutes that are lost for good, by reason. */
  readonly dropped: ReadonlyMap<string, number>;
  /** Hours for which there are partitions; undefined: not known yet. */
  readonly partitionHeadRoomHours: number | undefined;
  /** That each kind of telemetry is kept. */
  readonly retentionHours: Retention;
  readonly memory: { readonly usedBytes: number; readonly limitBytes: number };
}

export const alertCodes = [
  "database_away",
  "spool_filling",
  "spool_not_draining",
  "tail_spool_filling",
  "commits_late",
  "rollups_late",
  "turning_away",
  "dropping",
  "partitions_short",
  "memory_high",
] as const;
export type AlertCode = (typeof alertCodes)[number];

/** Something that its operator should know. `warning`: nothing is lost yet. */
export interface Alert {
  readonly code: AlertCode;
  readonly severity: "warning" | "critical";
  /** What, and what to do. */
  readonly message: string;
}

const spoolWarning = 0.5;
const spoolCritical = 0.9;
const drainWithinMs = 5 * 60_000;
const commitWithinMs = 30_000;
const foldWithinMs = 60_000;
/** Partitions are made three hours ahead, every minute. */
const headRoomWarningHours = 1;
const memoryWarning = 0.9;

/** What is wrong with a collector, the worst first. Pure. */
export function alertsOf(state: CollectorState): Alert[] {
  const alerts = [
    databaseAway(state),
    spoolFilling(state),
    spoolNotDraining(state),
    tailSpoolFilling(state),
    commitsLate(state),
    rollupsLate(state),
    turningAway(state),
    dropping(state),
    partitionsShort(state),
    memoryHigh(state),
  ].filter((alert) => alert !== undefined);
  return alerts.sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}

function databaseAway({ databaseAway: reason, spool }: CollectorState): Alert | undefined {
  if (reason === undefined) return undefined;
  const meanwhile = spool
    ? "what comes is kept in the spool"
    : "senders are told to come again; set WEIR_SPOOL_DIR to keep it on disk instead";
  return {
    ...{ code: "database_away", severity: spool ? "warning" : "critical" },
    message: `The database is away (${reason}); ${meanwhile}.`,
  };
}

function spoolFilling({ spool }: CollectorState): Alert | undefined {
  const share = spool ? spool.bytes / spool.maxBytes : 0;
  if (share < spoolWarning) return undefined;
  return {
    ...{ code: "spool_filling", severity: share < spoolCritical ? "warning" : "critical" },
    message: `The spool is ${Math.floor(share * 100)} % full; when it is full, senders are turned away. Bring the database back, or raise WEIR_SPOOL_MAX_BYTES.`,
  };
}

function spoolNotDraining({ spool, databaseAway: away, nowMs }: CollectorState): Alert | undefined {
  if (away !== undefined || spool?.oldestMs === undefined || spool.requests === 0) return undefined;
  const ageMs = nowMs - spool.oldestMs;
  if (ageMs < drainWithinMs) return undefined;
  return {
    ...{ code: "spool_not_draining", severity: "warning" },
    message: `The database is up, and the oldest request in the spool has waited for ${minutes(ageMs)}; the collector cannot keep up. Give it or the database more processor time, or run another collector.`,
  };
}

function tailSpoolFilling({ tailSpool }: CollectorState): Alert | undefined {
  const share = tailSpool ? tailSpool.bytes / tailSpool.maxBytes : 0;
  if (share < spoolWarning) return undefined;
  return {
    ...{ code: "tail_spool_filling", severity: share < spoolCritical ? "warning" : "critical" },
    message: `Where spans wait to be sampled is ${Math.floor(share * 100)} % full; when it is full, their senders are turned away. Shorten decision_wait, or raise max_mib of the spool, of which it has a quarter.`,
  };
}

function commitsLate({ databaseAway: away, inFlight, lastCommitAgeMs }: CollectorState): Alert | undefined {
  if (away !== undefined || inFlight === 0 || lastCommitAgeMs < commitWithinMs) return undefined;
  return {
    ...{ code: "commits_late", severity: "warning" },
    message: `${inFlight} requests wait, and nothing was committed for ${Math.round(lastCommitAgeMs / 1000)} s. Look for long transactions and locks in the database.`,
  };
}

function rollupsLate({ databaseAway: away, lastFoldAgeMs }: CollectorState): Alert | undefined {
  if (away !== undefined || lastFoldAgeMs < foldWithinMs) return undefined;
  return {
    ...{ code: "rollups_late", severity: "warning" },
    message: `Edges have waited for ${Math.round(lastFoldAgeMs / 1000)} s to be added to their rollups. The map is right all the same, and slower. The collector's log says what keeps it from that; else give the database more processor time.`,
  };
}

function turningAway({ turnedAway }: CollectorState): Alert | undefined {
  if (turnedAway === 0) return undefined;
  return {
    ...{ code: "turning_away", severity: "critical" },
    message: `${turnedAway} items or requests were turned away in the last five minutes. Their senders send them again for a while, and then drop them.`,
  };
}

function dropping({ dropped }: CollectorState): Alert | undefined {
  const reasons = [...dropped]
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${count} ${reason}`);
  if (reasons.length === 0) return undefined;
  return {
    ...{ code: "dropping", severity: "critical" },
    message: `Lost for good: ${reasons.join(", ")}.`,
  };
}

function partitionsShort({ partitionHeadRoomHours: hours }: CollectorState): Alert | undefined {
  if (hours === undefined || hours >= headRoomWarningHours) return undefined;
  return {
    ...{ code: "partitions_short", severity: hours > 0 ? "warning" : "critical" },
    message: `There are partitions for ${Math.max(0, hours).toFixed(1)} h to come. They are made every minute: the collector's log says what keeps it from that.`,
  };
}

function memoryHigh({ memory: { usedBytes, limitBytes } }: CollectorState): Alert | undefined {
  if (usedBytes < limitBytes * memoryWarning) return undefined;
  const mb = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
  return {
    ...{ code: "memory_high", severity: "warning" },
    message: `The collector holds ${mb(usedBytes)} of ${mb(limitBytes)}; it refuses requests rather than hold more.`,
  };
}

function minutes(ms: number): string {
  return `${Math.round(ms / 60_000)} min`;
}
