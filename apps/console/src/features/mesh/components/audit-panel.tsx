"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import { Button } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { formatMoment } from "../../../ui/format/times.ts";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";

const page = 20;
const most = 200;

/** Who changed what, when, and why; newest first. */
export function AuditPanel() {
  const [limit, setLimit] = useState(page);
  const audit = useQuery(useTRPC().mesh.audit.queryOptions({ limit }, { placeholderData: keepPreviousData }));
  const entries = audit.data ?? [];
  return (
    <Panel title="Last changes" flush>
      {audit.isPending && <SkeletonRows rows={4} what="the audit" />}
      {audit.isError && !audit.data && (
        <ErrorState error={audit.error} what="the audit" retry={() => void audit.refetch()} />
      )}
      {audit.data?.length === 0 && <EmptyState title="Nothing was changed yet" />}
      {entries.length > 0 && (
        <Table caption="Last changes">
          <thead>
            <tr>
              <HeadCell>When</HeadCell>
              <HeadCell>Who</HeadCell>
              <HeadCell>What</HeadCell>
              <HeadCell>Why</HeadCell>
              <HeadCell numeric>Revision</HeadCell>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id} className="hover:bg-hover">
                <Cell className="whitespace-nowrap font-mono text-[0.8125rem] text-muted">
                  {formatMoment(entry.atMs, audit.dataUpdatedAt)}
                </Cell>
                <Cell className="whitespace-nowrap">{entry.author}</Cell>
                <Cell className="min-w-64">{entry.what}</Cell>
                <Cell className="min-w-40 text-muted">{entry.reason ?? "–"}</Cell>
                <Cell numeric>{entry.configRevision}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {entries.length === limit && limit < most && (
        <div className="p-3">
          <Button onClick={() => setLimit((n) => n + 3 * page)}>Show older changes</Button>
        </div>
      )}
    </Panel>
  );
}
