import { Hourglass } from "lucide-react";
import { formatAgo } from "./format/times.ts";

/** After this long without telemetry what the page shows is the past. */
export const staleAfterMs = 30_000;

/** Says that numbers are old; nothing while they are fresh. `newestAtMs` undefined: there never were any. */
export function StaleBadge({ newestAtMs, nowMs }: { newestAtMs: number | undefined; nowMs: number }) {
  if (newestAtMs === undefined || nowMs - newestAtMs < staleAfterMs) return null;
  return (
    <span
      role="status"
      className="inline-flex h-6 items-center gap-1 rounded-md bg-degraded-soft px-2 font-medium text-degraded text-xs"
    >
      <Hourglass size={12} aria-hidden />
      Newest telemetry {formatAgo(newestAtMs, nowMs)}
    </span>
  );
}
