import type { IncomingMessage, ServerResponse } from "node:http";
import { type Alert, alertsOf, type CollectorState } from "./alerts-of.ts";

/** What `GET /status` answers: the collector's own view of itself, for the console and for scripts. */
export interface CollectorStatus {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly alerts: readonly Alert[];
  readonly database: { readonly up: boolean; readonly reason?: string | undefined };
  readonly spool: CollectorState["spool"] | null;
  readonly tailSpool: CollectorState["tailSpool"] | null;
  readonly inFlight: number;
  readonly lastCommitAgeMs: number;
  readonly lastFoldAgeMs: number;
  readonly turnedAway: number;
  readonly dropped: Readonly<Record<string, number>>;
  readonly partitionHeadRoomHours: number | null;
  readonly retentionHours: CollectorState["retentionHours"];
  readonly memory: CollectorState["memory"];
}

const path = "/status";

/** Answers the request when it is one for the status; false leaves it to the caller, untouched. */
export function createStatusHandler(read: () => CollectorState) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.url?.split("?", 1)[0] !== path) return false;
    const isRead = request.method === "GET" || request.method === "HEAD";
    const body = isRead
      ? JSON.stringify(statusOf(read()))
      : `${request.method} is not allowed here; use GET\n`;
    response.writeHead(isRead ? 200 : 405, {
      "content-type": isRead ? "application/json" : "text/plain; charset=utf-8",
      "content-length": Buffer.byteLength(body),
      "cache-control": "no-store",
      ...(isRead ? {} : { allow: "GET, HEAD" }),
    });
    response.end(request.method === "HEAD" ? undefined : body);
    return true;
  };
}

function statusOf(state: CollectorState): CollectorStatus {
  const { nowMs, databaseAway, spool, tailSpool, dropped, partitionHeadRoomHours, ...rest } = state;
  return {
    atMs: nowMs,
    alerts: alertsOf(state),
    database: databaseAway === undefined ? { up: true } : { up: false, reason: databaseAway },
    spool: spool ?? null,
    tailSpool: tailSpool ?? null,
    dropped: Object.fromEntries(dropped),
    partitionHeadRoomHours: partitionHeadRoomHours ?? null,
    ...rest,
  };
}
