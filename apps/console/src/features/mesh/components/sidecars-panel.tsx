"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatCount, plural } from "../../../ui/format/numbers.ts";
import { Panel } from "../../../ui/panel.tsx";
import { Select } from "../../../ui/select.tsx";
import { useSidecarView } from "../hooks/use-sidecar-view.ts";
import { filterSidecars, type SidecarRow, sidecarRows, sortSidecars } from "../view-model/sidecar-rows.ts";
import { sidecarStates } from "../view-model/sidecar-state.ts";
import { stateWords } from "../view-model/state-words.ts";
import { SidecarTable } from "./sidecar-table.tsx";

const overheadEveryMs = 10_000;

/** Every sidecar: connected or not, the config it should run, the one it runs, why it refused one, and what it costs. */
export function SidecarsPanel() {
  const trpc = useTRPC();
  const sidecars = useQuery(trpc.mesh.sidecars.queryOptions());
  const overhead = useQuery(
    trpc.mesh.overhead.queryOptions(undefined, {
      refetchInterval: overheadEveryMs,
      placeholderData: keepPreviousData,
    }),
  );
  const usage = useQuery(
    trpc.mesh.usage.queryOptions(undefined, {
      refetchInterval: overheadEveryMs,
      placeholderData: keepPreviousData,
    }),
  );
  const rows = useMemo(
    () => sidecarRows(sidecars.data ?? [], overhead.data ?? [], usage.data ?? []),
    [sidecars.data, overhead.data, usage.data],
  );
  const current = rows.filter((row) => row.state === "current").length;
  return (
    <Panel
      title="Sidecars"
      flush
      aside={
        rows.length > 0 && (
          <span className="text-muted text-xs">
            {formatCount(current)} of {plural(rows.length, "sidecar")} up to date
          </span>
        )
      }
    >
      <Answer query={sidecars} what="the sidecars">
        {() =>
          rows.length === 0 ? (
            <EmptyState title="No sidecar has registered">
              Start one beside a service with{" "}
              <code className="font-mono text-text text-xs">weir proxy --config FILE</code>.
            </EmptyState>
          ) : (
            <Shown rows={rows} nowMs={sidecars.dataUpdatedAt} />
          )
        }
      </Answer>
      <p className="border-line border-t px-4 py-2 text-faint text-xs">
        Added: what the sidecar took of each request besides its upstream, over the last 20 seconds. CPU: of
        one core, over the last minute; with the resident memory it is what the sidecar's whole process takes,
        requests or none. Sidecars have no certificates yet: requests between them are not encrypted.
      </p>
    </Panel>
  );
}

function Shown({ rows, nowMs }: { rows: readonly SidecarRow[]; nowMs: number }) {
  const { sort, descending, state, of, setState, setOf, choose } = useSidecarView();
  const shown = useMemo(
    () => sortSidecars(filterSidecars(rows, state, of), sort, descending),
    [rows, state, of, sort, descending],
  );
  return (
    <>
      <search className="flex flex-wrap items-center gap-2 border-line border-b px-4 py-2">
        <input
          type="search"
          aria-label="Sidecars with"
          placeholder="Workload, address, release, reason"
          value={of}
          onChange={(event) => setOf(event.target.value)}
          className="h-8 w-64 max-w-full rounded-md border border-line-strong bg-surface px-2"
        />
        <Select
          label="State of the config"
          value={state}
          onChange={setState}
          options={[
            { value: "any", label: "Any state" },
            ...sidecarStates.map((one) => ({ value: one, label: stateWords[one] })),
          ]}
        />
        <p role="status" className="text-faint text-xs">
          {shown.length < rows.length
            ? `${formatCount(shown.length)} of ${formatCount(rows.length)} shown`
            : ""}
        </p>
      </search>
      {shown.length === 0 ? (
        <EmptyState title="No sidecar matches">Try a shorter text, or choose any state.</EmptyState>
      ) : (
        <SidecarTable rows={shown} {...{ nowMs, sort, descending }} onSort={choose} />
      )}
    </>
  );
}
