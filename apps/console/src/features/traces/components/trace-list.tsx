"use client";

import { CircleX } from "lucide-react";
import Link from "next/link";
import type { TraceRow } from "../../../server/traces/trace-row.ts";
import { formatNs, plural } from "../../../ui/format/numbers.ts";
import { formatAgo, formatMoment } from "../../../ui/format/times.ts";
import { useLink } from "../../frame/index.ts";
import { spanTitle } from "../view-model/waterfall-span.ts";

/** Found traces; each line is one link. The bar compares durations within the list. */
export function TraceList({ traces, nowMs }: { traces: readonly TraceRow[]; nowMs: number }) {
  const link = useLink();
  const longest = traces.reduce((most, trace) => Math.max(most, trace.durationNs), 1);
  return (
    <ol aria-label="Traces found" className="overflow-hidden rounded-md border border-line bg-surface">
      {traces.map((trace) => (
        <li key={trace.traceId} className="border-line border-b last:border-0">
          <Link
            href={link(`/traces/${trace.traceId}`)}
            className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 px-4 py-2 outline-offset-[-2px] hover:bg-hover md:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_9rem]"
          >
            <span className="min-w-0">
              <span className="flex min-w-0 items-center gap-1.5">
                {trace.errors > 0 && (
                  <CircleX size={14} role="img" aria-label="has errors" className="shrink-0 text-failing" />
                )}
                <span className="shrink-0 font-medium">{trace.service}</span>
                <span className="truncate text-muted">{spanTitle(trace)}</span>
              </span>
              <span className="block truncate text-faint text-xs">
                {plural(trace.spans, "span")}
                {trace.errors > 0 && `, ${plural(trace.errors, "error")}`} · {trace.services.join(", ")}
              </span>
            </span>
            <DurationBar durationNs={trace.durationNs} longestNs={longest} failed={trace.errors > 0} />
            <span className="text-right text-xs max-md:hidden">
              <span className="block font-mono">{formatMoment(trace.startMs, nowMs)}</span>
              <span className="text-faint">{formatAgo(trace.startMs, nowMs)}</span>
            </span>
          </Link>
        </li>
      ))}
    </ol>
  );
}

function DurationBar({
  durationNs,
  longestNs,
  failed,
}: {
  durationNs: number;
  longestNs: number;
  failed: boolean;
}) {
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden className="h-2 grow rounded-sm bg-sunken max-md:hidden">
        <span
          className={`block h-full min-w-0.5 rounded-sm ${failed ? "bg-failing" : "bg-series-1"}`}
          style={{ width: `${(100 * durationNs) / longestNs}%` }}
        />
      </span>
      <span className="w-20 text-right font-mono text-[0.8125rem]">{formatNs(durationNs)}</span>
    </span>
  );
}
