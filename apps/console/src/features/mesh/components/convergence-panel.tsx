"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX, Hourglass } from "lucide-react";
import { useTRPC } from "../../../client/trpc.ts";
import type { Converged } from "../../../server/mesh/convergence.ts";
import { Answer } from "../../../ui/answer.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatCount, formatSeconds, plural } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { Panel } from "../../../ui/panel.tsx";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { convergenceWords, slowestOf } from "../view-model/convergence-words.ts";

const shown = 12;

/** How long the last changes took to reach every sidecar that they concerned, and which have not arrived everywhere. */
export function ConvergencePanel() {
  const changes = useQuery(
    useTRPC().mesh.convergence.queryOptions({ limit: shown }, { placeholderData: keepPreviousData }),
  );
  const slowest = slowestOf(changes.data ?? []);
  return (
    <Panel
      title="Convergence"
      flush
      aside={
        slowest !== undefined && (
          <span className="text-muted text-xs">
            slowest of {plural(changes.data?.length ?? 0, "change")}: {formatSeconds(slowest / 1_000)}
          </span>
        )
      }
    >
      <Answer query={changes} what="how changes converged" rows={3}>
        {(data) =>
          data.length === 0 ? (
            <EmptyState title="No change to follow yet">
              A change of a policy or a mode is followed here to the last sidecar that it concerns.
            </EmptyState>
          ) : (
            <Changes changes={data} nowMs={changes.dataUpdatedAt} />
          )
        }
      </Answer>
    </Panel>
  );
}

function Changes({ changes, nowMs }: { changes: readonly Converged[]; nowMs: number }) {
  return (
    <Table caption="Convergence of the last changes">
      <thead>
        <tr>
          <HeadCell>When</HeadCell>
          <HeadCell>Change</HeadCell>
          <HeadCell>Namespace</HeadCell>
          <HeadCell>Sidecars</HeadCell>
          <HeadCell numeric>Took</HeadCell>
          <HeadCell numeric>Revision</HeadCell>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={`${change.configRevision} ${change.namespace}`} className="hover:bg-hover">
            <Cell className="whitespace-nowrap font-mono text-[0.8125rem] text-muted">
              {formatMoment(change.changedAtMs, nowMs)}
            </Cell>
            <Cell className="wrap-anywhere min-w-64">{change.what ?? "an earlier change"}</Cell>
            <Cell className="text-muted">{change.namespace}</Cell>
            <Cell>
              <Reached change={change} />
            </Cell>
            <Cell numeric className="whitespace-nowrap">
              {change.tookMs === undefined ? "–" : formatSeconds(change.tookMs / 1_000)}
            </Cell>
            <Cell numeric>{formatCount(change.configRevision)}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Reached({ change }: { change: Converged }) {
  const all = change.acked >= change.sidecars;
  const refused = change.refused > 0;
  const Icon = refused ? CircleX : all ? CircleCheck : Hourglass;
  const tone = refused ? "text-failing" : all ? "text-ok" : "text-degraded";
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${tone}`}>
      <Icon size={14} aria-hidden /> {convergenceWords(change)}
    </span>
  );
}
