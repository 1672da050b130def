"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "../../../client/trpc.ts";
import type { FoundTrace } from "../../../server/traces/by-id.ts";
import { Answer } from "../../../ui/answer.tsx";
import { formatNs, plural } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { useLink } from "../../frame/index.ts";
import { useTraceLayout } from "../hooks/use-trace-layout.ts";

/** Traces that began at the same operation as A around the same time: what it is likely to be compared with. */
export function LikeTraces({ trace }: { trace: FoundTrace }) {
  const root = useTraceLayout(trace)?.facts.root?.span;
  if (!root) return <SkeletonRows rows={6} what="traces like A" />;
  const { namespace, service, operation } = root;
  return <Alike trace={trace} namespace={namespace} service={service} operation={operation} />;
}

interface AlikeProps {
  readonly trace: FoundTrace;
  readonly namespace: string;
  readonly service: string;
  readonly operation: string;
}

const marginMs = 120_000;

function Alike({ trace, namespace, service, operation }: AlikeProps) {
  const trpc = useTRPC();
  const link = useLink();
  const untilMs = Math.min(trace.nowMs, trace.startMs + marginMs);
  const found = useQuery(
    trpc.traces.search.queryOptions(
      { length: "1h", untilMs, service: { namespace, service }, operation },
      { staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  return (
    <Panel title={`Compare with a trace that has ${service} ${operation}`} flush>
      <Answer query={found} what="traces like A" rows={6}>
        {({ traces }) => {
          const others = traces.filter(({ traceId }) => traceId !== trace.traceId);
          if (others.length === 0) return <p className="p-4 text-muted">There is none in the hour before.</p>;
          return (
            <ul aria-label="Traces like A">
              {others.slice(0, 20).map((one) => (
                <li key={one.traceId} className="border-line border-b last:border-0">
                  <Link
                    href={link(`/traces/compare?a=${trace.traceId}&b=${one.traceId}`)}
                    className="flex flex-wrap justify-between gap-x-4 px-4 py-2 hover:bg-hover"
                  >
                    <span className="font-mono">{formatNs(one.durationNs)}</span>
                    <span className="grow text-muted">
                      {plural(one.spans, "span")}
                      {one.errors > 0 && `, ${plural(one.errors, "error")}`}
                    </span>
                    <span className="font-mono text-faint">{formatMoment(one.startMs, trace.nowMs)}</span>
                  </Link>
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
    </Panel>
  );
}
