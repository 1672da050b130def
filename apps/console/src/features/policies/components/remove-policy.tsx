"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { problemOf } from "../../../client/problem.ts";
import { toastWithUndo } from "../../../client/toast-with-undo.ts";
import { useTRPC, useTRPCClient } from "../../../client/trpc.ts";
import type { PolicyHead } from "../../../server/policies/policy-schemas.ts";
import { Button } from "../../../ui/button.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { raiseNotice } from "../../../ui/notice.ts";

/** Takes a policy away, once what follows was said. */
export function RemovePolicy({ head }: { head: PolicyHead }) {
  const trpc = useTRPC();
  const { policies } = useTRPCClient();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const { namespace, name, revision } = head;
  const remove = useMutation(
    trpc.policies.remove.mutationOptions({
      onSuccess: () => {
        setOpen(false);
        toastWithUndo(`${namespace}/${name} deleted`, async () => {
          await policies.restore.mutate({ namespace, name, revision, expectedRevision: 0, reason: "undone" });
          await queries.invalidateQueries();
          return `${namespace}/${name} is back`;
        });
      },
      onError: (error) => raiseNotice("error", `Not deleted: ${problemOf(error).message}`),
      onSettled: () => queries.invalidateQueries(),
    }),
  );
  return (
    <>
      <Button look="danger" size="small" onClick={() => setOpen(true)}>
        <Trash2 size={13} aria-hidden /> Delete
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Delete ${name}?`}
        action="Delete the policy"
        look="danger"
        busy={remove.isPending}
        onConfirm={(reason) => remove.mutate({ namespace, name, expectedRevision: revision, reason })}
      >
        <p>
          {head.inForce.mode === "enforce"
            ? `Requests to ${head.targetRef} are no longer changed by it, in under a second.`
            : `Nothing changes for requests to ${head.targetRef}; sidecars stop counting what it would do.`}
        </p>
        <p className="mt-2 text-muted">Its revisions stay in the history.</p>
      </ConfirmDialog>
    </>
  );
}
