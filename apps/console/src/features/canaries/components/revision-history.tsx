"use client";

import { useQuery } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useTRPC } from "../../../client/trpc.ts";
import type { Canary, CanaryService } from "../../../server/canaries/canary-schemas.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Button } from "../../../ui/button.tsx";
import { formatMoment } from "../../../ui/format/times.ts";
import { Panel } from "../../../ui/panel.tsx";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { sameWeights, type Weights, weightsText } from "../view-model/weights.ts";
import { RemoveCanary } from "./remove-canary.tsx";

interface HistoryProps {
  readonly service: CanaryService;
  readonly canary: Canary;
  readonly busy: boolean;
  /** A rollout moves its weights, and nobody else may. */
  readonly isSteered: boolean;
  onRestore(weights: Weights, revision: number): void;
}

/** Every revision with who made it, when and why, and the way back to it. */
export function RevisionHistory({ service, canary, busy, isSteered, onRestore }: HistoryProps) {
  const trpc = useTRPC();
  const history = useQuery(
    trpc.canaries.history.queryOptions({ namespace: service.namespace, name: canary.name }),
  );
  const live = canary.backends;
  return (
    <Panel title="History" flush aside={!isSteered && <RemoveCanary service={service} canary={canary} />}>
      <Answer query={history} what="the history" rows={3}>
        {(revisions) => (
          <Table caption="Revisions of this canary">
            <thead>
              <tr>
                <HeadCell>Revision</HeadCell>
                <HeadCell>Split</HeadCell>
                <HeadCell>When</HeadCell>
                <HeadCell>By</HeadCell>
                <HeadCell>Reason</HeadCell>
                <HeadCell>
                  <span className="sr-only">Restore</span>
                </HeadCell>
              </tr>
            </thead>
            <tbody>
              {revisions.map(({ revision, backends, atMs, author, reason }) => (
                <tr key={revision}>
                  <Cell className="font-mono text-[0.8125rem]">{revision}</Cell>
                  <Cell className="whitespace-nowrap font-mono text-[0.8125rem]">
                    {backends ? weightsText(backends) : "removed"}
                  </Cell>
                  <Cell className="whitespace-nowrap font-mono text-[0.8125rem]">
                    {formatMoment(atMs, Date.now())}
                  </Cell>
                  <Cell className="whitespace-nowrap">{author}</Cell>
                  <Cell className="min-w-40 text-muted">{reason}</Cell>
                  <Cell className="text-right">
                    {backends && sameWeights(backends, live) ? (
                      <span className="text-faint text-xs">
                        {revision === canary.revision ? "live" : "same as live"}
                      </span>
                    ) : (
                      backends &&
                      !isSteered && (
                        <Button
                          size="small"
                          disabled={busy}
                          aria-label={`Restore the split of revision ${revision}: ${weightsText(backends)}`}
                          onClick={() => onRestore(backends, revision)}
                        >
                          <RotateCcw size={12} aria-hidden /> Restore this split
                        </Button>
                      )
                    )}
                  </Cell>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Answer>
    </Panel>
  );
}
