"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Button } from "../../../ui/button.tsx";
import { CodeBlock } from "../../../ui/code-block.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { formatMoment } from "../../../ui/format/times.ts";
import { raiseNotice } from "../../../ui/notice.ts";
import { Panel } from "../../../ui/panel.tsx";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";

interface PolicyHistoryProps {
  readonly namespace: string;
  readonly name: string;
  /** 0: it was deleted. */
  readonly liveRevision: number;
  readonly liveText: string;
}

/** Every revision with who made it, when and why; what it said, and the way back to it. */
export function PolicyHistory({ namespace, name, liveRevision, liveText }: PolicyHistoryProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const history = useQuery(trpc.policies.history.queryOptions({ namespace, name }));
  const [opened, setOpened] = useState<{ revision: number; text: string }>();
  const restore = useMutation(
    trpc.policies.restore.mutationOptions({
      onSuccess: ({ revision }, asked) =>
        raiseNotice("success", `Back to what revision ${asked.revision} said, as revision ${revision}`),
      onError: (error) => raiseNotice("error", `Not restored: ${problemOf(error).message}`),
      onSettled: () => queries.invalidateQueries(),
    }),
  );
  return (
    <Panel title="History" flush>
      <Answer query={history} what="the history" rows={3}>
        {(revisions) => (
          <Table caption="Revisions of this policy">
            <thead>
              <tr>
                <HeadCell>Revision</HeadCell>
                <HeadCell>When</HeadCell>
                <HeadCell>By</HeadCell>
                <HeadCell>Reason</HeadCell>
                <HeadCell>
                  <span className="sr-only">What it said, and the way back</span>
                </HeadCell>
              </tr>
            </thead>
            <tbody>
              {revisions.map(({ revision, text, author, reason, atMs }) => (
                <tr key={revision}>
                  <Cell className="font-mono text-[0.8125rem]">{revision}</Cell>
                  <Cell className="whitespace-nowrap font-mono text-[0.8125rem]">
                    {formatMoment(atMs, Date.now())}
                  </Cell>
                  <Cell className="whitespace-nowrap">{author}</Cell>
                  <Cell className="min-w-40 text-muted">{reason}</Cell>
                  <Cell className="whitespace-nowrap text-right">
                    {text === undefined ? (
                      <span className="text-faint text-xs">deleted</span>
                    ) : (
                      <>
                        <Button look="quiet" size="small" onClick={() => setOpened({ revision, text })}>
                          Read
                        </Button>
                        {text === liveText ? (
                          <span className="inline-block w-22 text-faint text-xs">
                            {revision === liveRevision ? "live" : "same as live"}
                          </span>
                        ) : (
                          <Button
                            size="small"
                            className="w-22 justify-center"
                            disabled={restore.isPending}
                            aria-label={`Restore revision ${revision}`}
                            onClick={() =>
                              restore.mutate({
                                ...{ namespace, name, revision, expectedRevision: liveRevision },
                                reason: `back to revision ${revision}`,
                              })
                            }
                          >
                            <RotateCcw size={12} aria-hidden /> Restore
                          </Button>
                        )}
                      </>
                    )}
                  </Cell>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Answer>
      {opened && (
        <Dialog
          open
          onOpenChange={() => setOpened(undefined)}
          title={`Revision ${opened.revision} of ${name}`}
        >
          <CodeBlock text={opened.text} what="the policy" />
        </Dialog>
      )}
    </Panel>
  );
}
