"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "../../../client/trpc.ts";
import { formatNs } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { useLink } from "../../frame/index.ts";
import { useWindow } from "../../time/index.ts";

interface End {
  readonly namespace: string;
  readonly service: string;
}

/** A few sampled traces that went this way. */
export function EdgeTraces({ ends }: { ends: { readonly source: End; readonly destination: End } }) {
  const link = useLink();
  const { length } = useWindow();
  const traces = useQuery(
    useTRPC().topology.tracesOfEdge.queryOptions(
      { ...ends, window: length },
      { placeholderData: keepPreviousData },
    ),
  );
  if (traces.isPending) return <SkeletonRows rows={3} what="traces" />;
  if (!traces.data) return <p className="text-muted">They cannot be read right now.</p>;
  if (traces.data.traces.length === 0) return <p className="text-muted">None was sampled in this window.</p>;
  return (
    <ul className="-mx-2">
      {traces.data.traces.map((trace) => (
        <li key={trace.traceId}>
          <Link
            href={link(`/traces/${trace.traceId}`)}
            className="grid grid-cols-[4.5rem_1fr_auto] gap-2 rounded-sm px-2 py-1 hover:bg-hover"
          >
            <span className="font-mono text-[0.8125rem] text-faint">
              {formatMoment(trace.startMs, traces.data.atMs)}
            </span>
            <span className="truncate">
              {trace.operation}
              {trace.errors > 0 && <span className="ml-1.5 text-failing text-xs">error</span>}
            </span>
            <span className="font-mono text-[0.8125rem]">{formatNs(trace.durationNs)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
