"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { Button } from "../../../ui/button.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { raiseNotice } from "../../../ui/notice.ts";

/** All that can be asked of a rollout whose plan this release cannot read. */
export function AbortUnreadable({ id, subject }: { readonly id: number; readonly subject: string }) {
  const [isAsked, setAsked] = useState(false);
  const queries = useQueryClient();
  const abort = useMutation(
    useTRPC().rollouts.abortUnreadable.mutationOptions({
      onSuccess: ({ reason }) => {
        setAsked(false);
        raiseNotice("success", `Rollout ${id}: ${reason}`);
      },
      onSettled: () => queries.invalidateQueries(),
    }),
  );
  const close = () => {
    setAsked(false);
    abort.reset();
  };
  const problem = abort.error ? problemOf(abort.error) : undefined;
  return (
    <>
      <Button look="danger" size="small" aria-label={`Abort rollout ${id}`} onClick={() => setAsked(true)}>
        Abort
      </Button>
      {isAsked && (
        <ConfirmDialog
          open
          onOpenChange={(open) => open || close()}
          title={`Abort rollout ${id} of ${subject}?`}
          action="Abort"
          look="danger"
          busy={abort.isPending}
          blocked={problem !== undefined}
          onConfirm={(reason) => abort.mutate({ id, reason })}
        >
          <p>
            Its plan cannot be read by this release, so nothing drives it. All requests go to its baseline in
            under a second; where not even that can be read, its canary policy stays as it is. The rollout is
            over, and what is known of it is kept.
          </p>
          {problem && (
            <p role="alert" className="mt-3 rounded-md bg-failing-soft px-2 py-1.5 text-failing text-xs">
              Nothing was changed: {problem.message}.
            </p>
          )}
        </ConfirmDialog>
      )}
    </>
  );
}
