"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleDashed, CircleX, Hourglass, Unplug } from "lucide-react";
import { useTRPC } from "../../../client/trpc.ts";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { plural } from "../../../ui/format/numbers.ts";
import { formatAgo } from "../../../ui/format/times.ts";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { type SidecarState, sidecarState, sidecarStates } from "../view-model/sidecar-state.ts";

const signs: Record<SidecarState, { icon: typeof CircleCheck; words: string; tone: string }> = {
  refused: { icon: CircleX, words: "refused it", tone: "text-failing" },
  behind: { icon: Hourglass, words: "not yet acknowledged", tone: "text-degraded" },
  gone: { icon: Unplug, words: "disconnected", tone: "text-no-data" },
  waiting: { icon: CircleDashed, words: "nothing sent yet", tone: "text-no-data" },
  current: { icon: CircleCheck, words: "up to date", tone: "text-ok" },
};

/** Every sidecar: connected or not, the config it should run, the one it runs, and why it refused one. */
export function SidecarsPanel() {
  const sidecars = useQuery(useTRPC().mesh.sidecars.queryOptions());
  const rows = (sidecars.data ?? [])
    .map((sidecar) => ({ ...sidecar, state: sidecarState(sidecar) }))
    .sort((a, b) => sidecarStates.indexOf(a.state) - sidecarStates.indexOf(b.state));
  const current = rows.filter((row) => row.state === "current").length;
  const nowMs = sidecars.dataUpdatedAt;
  return (
    <Panel
      title="Sidecars"
      flush
      aside={
        rows.length > 0 && (
          <span className="text-muted text-xs">
            {current} of {plural(rows.length, "sidecar")} up to date
          </span>
        )
      }
    >
      {sidecars.isPending && <SkeletonRows rows={6} what="sidecars" />}
      {sidecars.isError && !sidecars.data && (
        <ErrorState error={sidecars.error} what="the sidecars" retry={() => void sidecars.refetch()} />
      )}
      {sidecars.data?.length === 0 && (
        <EmptyState title="No sidecar has registered">
          Start one beside a service with{" "}
          <code className="font-mono text-text text-xs">weir proxy --config FILE</code>.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <Table caption="Sidecars">
          <thead>
            <tr>
              <HeadCell>Workload</HeadCell>
              <HeadCell>Config</HeadCell>
              <HeadCell>Wanted</HeadCell>
              <HeadCell>Runs</HeadCell>
              <HeadCell>Address</HeadCell>
              <HeadCell>Since</HeadCell>
              <HeadCell>Release</HeadCell>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const { icon: Icon, words, tone } = signs[row.state];
              return (
                <tr key={row.proxyId} className="hover:bg-hover">
                  <Cell className="whitespace-nowrap">
                    <span className="font-medium">{row.workload.service}</span>{" "}
                    <span className="font-mono text-[0.8125rem] text-muted">{row.workload.version}</span>{" "}
                    <span className="text-faint">{row.workload.namespace}</span>
                  </Cell>
                  <Cell>
                    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${tone}`}>
                      <Icon size={14} aria-hidden /> {words}
                    </span>
                    {row.state === "refused" && row.nackReason && (
                      <p className="max-w-md pb-1.5 text-muted text-xs">{row.nackReason}</p>
                    )}
                  </Cell>
                  <Cell>
                    <Revision version={row.wantedVersion} />
                  </Cell>
                  <Cell>
                    <Revision version={row.ackedVersion} />
                  </Cell>
                  <Cell className="font-mono text-[0.8125rem] text-muted">{row.address ?? "calls only"}</Cell>
                  <Cell className="whitespace-nowrap text-muted">{formatAgo(row.sinceMs, nowMs)}</Cell>
                  <Cell className="font-mono text-[0.8125rem] text-muted">{row.release}</Cell>
                </tr>
              );
            })}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

/** The first digits of a snapshot's hash: enough to tell two apart. */
function Revision({ version }: { version: string | undefined }) {
  if (version === undefined) return <span className="text-faint">–</span>;
  return (
    <code title={version} className="font-mono text-[0.8125rem]">
      {version.slice(0, 8)}
    </code>
  );
}
