"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import { useTRPC } from "../../../client/trpc.ts";
import { ErrorState } from "../../../ui/error-state.tsx";
import { formatBytes, formatCount, formatSeconds } from "../../../ui/format/numbers.ts";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { Stat } from "../../../ui/stat.tsx";

const askEveryMs = 10_000;

/** What the collector says about itself: whether anything is lost or late, and how much room there is. */
export function CollectorPanel() {
  const trpc = useTRPC();
  const status = useQuery(trpc.mesh.collector.queryOptions(undefined, { refetchInterval: askEveryMs }));
  const { data } = status;
  return (
    <Panel title="Collector">
      {status.isPending && <SkeletonRows rows={2} what="the state of the collector" />}
      {status.isError && !data && (
        <ErrorState
          error={status.error}
          what="the state of the collector"
          retry={() => void status.refetch()}
        />
      )}
      {data === null && (
        <p className="flex items-start gap-2 text-failing text-sm">
          <CircleX size={15} className="mt-0.5 shrink-0" aria-hidden />
          The collector does not answer. Sidecars keep what they have measured, up to a bound, and send it
          when it is back.
        </p>
      )}
      {data && (
        <div className="flex flex-col gap-4">
          <Alerts alerts={data.alerts} />
          <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
            <Stat label="Last commit" value={`${formatSeconds(data.lastCommitAgeMs / 1000)} ago`} />
            <Stat label="Requests in flight" value={formatCount(data.inFlight)} />
            <Stat label="Turned away, 5 min" value={formatCount(data.turnedAway)} />
            <Stat
              label="Spool"
              value={
                data.spool
                  ? `${formatBytes(data.spool.bytes)} of ${formatBytes(data.spool.maxBytes)}`
                  : "none"
              }
            />
            <Stat
              label="Partitions ahead"
              value={
                data.partitionHeadRoomHours === null
                  ? "not known yet"
                  : `${data.partitionHeadRoomHours.toFixed(1)} h`
              }
            />
            <Stat
              label="Memory"
              value={`${formatBytes(data.memory.usedBytes)} of ${formatBytes(data.memory.limitBytes)}`}
            />
          </dl>
        </div>
      )}
    </Panel>
  );
}

interface AlertsProps {
  readonly alerts: readonly {
    readonly code: string;
    readonly severity: "warning" | "critical";
    readonly message: string;
  }[];
}

function Alerts({ alerts }: AlertsProps) {
  if (alerts.length === 0)
    return (
      <p className="flex items-center gap-2 text-sm">
        <CircleCheck size={15} className="text-ok" aria-hidden />
        Nothing is lost, late or about to be.
      </p>
    );
  return (
    <ul className="flex flex-col gap-2">
      {alerts.map(({ code, severity, message }) => (
        <li key={code} className="flex items-start gap-2 text-sm">
          {severity === "critical" ? (
            <CircleX size={15} className="mt-0.5 shrink-0 text-failing" aria-hidden />
          ) : (
            <TriangleAlert size={15} className="mt-0.5 shrink-0 text-degraded" aria-hidden />
          )}
          <span>
            <strong className="font-semibold">{severity === "critical" ? "Critical" : "Warning"}:</strong>{" "}
            {message}
          </span>
        </li>
      ))}
    </ul>
  );
}
