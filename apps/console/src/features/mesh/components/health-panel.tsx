"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX } from "lucide-react";
import { useTRPC } from "../../../client/trpc.ts";
import { ErrorState } from "../../../ui/error-state.tsx";
import { formatCount } from "../../../ui/format/numbers.ts";
import { formatAgo } from "../../../ui/format/times.ts";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { StaleBadge } from "../../../ui/stale-badge.tsx";
import { Stat } from "../../../ui/stat.tsx";

const processesEveryMs = 10_000;

/** Whether telemetry arrives, and whether the processes that carry it answer. */
export function HealthPanel() {
  const trpc = useTRPC();
  const ingest = useQuery(trpc.mesh.ingest.queryOptions());
  const processes = useQuery(
    trpc.mesh.processes.queryOptions(undefined, { refetchInterval: processesEveryMs }),
  );
  const data = ingest.data;
  return (
    <Panel
      title="Telemetry and processes"
      aside={data && <StaleBadge newestAtMs={data.newestSlotEndMs} nowMs={data.atMs} />}
    >
      {ingest.isPending && <SkeletonRows rows={2} what="the state of telemetry" />}
      {ingest.isError && !data && (
        <ErrorState error={ingest.error} what="the state of telemetry" retry={() => void ingest.refetch()} />
      )}
      {data && (
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-6">
          <Stat
            label="Newest metrics"
            value={
              data.newestSlotEndMs === undefined ? "none yet" : formatAgo(data.newestSlotEndMs, data.atMs)
            }
          />
          <Stat label="Batches, last minute" value={formatCount(data.requestsLastMinute)} />
          <Stat label="Spans, last minute" value={formatCount(data.spansLastMinute)} />
          <Stat label="Access logs, last minute" value={formatCount(data.accessLogsLastMinute)} />
          {(processes.data ?? []).map(({ name, ready }) => (
            <Stat
              key={name}
              label={`${name.charAt(0).toUpperCase()}${name.slice(1)}`}
              value={<Answers ready={ready} />}
              tone={ready ? "text-ok" : "text-failing"}
            />
          ))}
        </dl>
      )}
    </Panel>
  );
}

function Answers({ ready }: { ready: boolean }) {
  const Icon = ready ? CircleCheck : CircleX;
  return (
    <span className="inline-flex items-center gap-1.5 font-sans text-sm">
      <Icon size={15} aria-hidden />
      {ready ? "ready" : "does not answer"}
    </span>
  );
}
