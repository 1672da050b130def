"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../../../client/problem.ts";
import { toastWithUndo } from "../../../client/toast-with-undo.ts";
import { useTRPC } from "../../../client/trpc.ts";
import type { Canary, CanaryService } from "../../../server/canaries/canary-schemas.ts";
import { Button } from "../../../ui/button.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { raiseNotice } from "../../../ui/notice.ts";
import { useUndoCanary } from "../hooks/use-undo-canary.ts";
import { weightsText } from "../view-model/weights.ts";

/** The one red button: back to the stable version for everybody. */
export function RemoveCanary({ service, canary }: { service: CanaryService; canary: Canary }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const undo = useUndoCanary(service.namespace);
  const [open, setOpen] = useState(false);
  const remove = useMutation(
    trpc.policies.remove.mutationOptions({
      onSuccess: (_, { name, expectedRevision }) => {
        setOpen(false);
        toastWithUndo(`Canary ${name} removed`, () => undo({ name, former: expectedRevision, now: 0 }));
      },
      onError: (error) => raiseNotice("error", `Not removed: ${problemOf(error).message}`),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.canaries.pathKey() }),
    }),
  );
  const stable = service.stableVersion ?? "the stable version";
  return (
    <>
      <Button look="danger" size="small" onClick={() => setOpen(true)}>
        Remove canary
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Remove the canary of ${service.service}?`}
        action="Remove canary"
        look="danger"
        busy={remove.isPending}
        onConfirm={(reason) =>
          remove.mutate({
            namespace: service.namespace,
            name: canary.name,
            expectedRevision: canary.revision,
            reason,
          })
        }
      >
        {canary.inForce.mode === "enforce" ? (
          <p>
            Now {weightsText(canary.backends)}. Every request goes to {stable} in under a second.
          </p>
        ) : (
          <p>Traffic stays on {stable}, where it is now. Sidecars stop recording what the canary would do.</p>
        )}
        <p className="mt-2 text-muted">Its revisions stay in the history.</p>
      </ConfirmDialog>
    </>
  );
}
