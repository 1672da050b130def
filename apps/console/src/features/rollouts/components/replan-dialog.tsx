"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { raiseNotice } from "../../../ui/notice.ts";
import { jsonOf } from "../hooks/use-plan-check.ts";
import type { PlanDraftState } from "../hooks/use-plan-draft.ts";
import { planChanges } from "../view-model/plan-changes.ts";

interface ReplanDialogProps {
  readonly rollout: ShownRollout;
  readonly draft: PlanDraftState;
  onClose(): void;
}

/** Says what of the plan changes; traffic stays as it is until the rollout comes to a step that changed. */
export function ReplanDialog({ rollout, draft, onClose }: ReplanDialogProps) {
  const queries = useQueryClient();
  const replan = useMutation(
    useTRPC().rollouts.replan.mutationOptions({
      onSuccess: ({ planRevision }) => {
        onClose();
        raiseNotice("success", `Saved as plan revision ${planRevision}`);
        draft.reset();
      },
      onSettled: () => queries.invalidateQueries(),
    }),
  );
  const problem = replan.error ? problemOf(replan.error) : undefined;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => open || onClose()}
      title="Change what lies ahead?"
      action="Save the plan"
      busy={replan.isPending}
      blocked={problem !== undefined}
      onConfirm={(reason) =>
        replan.mutate({
          ...{ id: rollout.id, plan: jsonOf(draft.plan), reason },
          expectedPlanRevision: draft.begunFrom.revision,
        })
      }
    >
      <p>Traffic stays as it is now. From here on:</p>
      <ul className="mt-2 flex list-disc flex-col gap-1 pl-5">
        {planChanges(rollout.plan.steps, draft.plan.steps).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {problem && (
        <p role="alert" className="mt-3 rounded-md bg-failing-soft px-2 py-1.5 text-failing text-xs">
          {problem.code === "STALE_REVISION"
            ? "Somebody was faster: another plan is followed meanwhile. Nothing was overwritten; close this to see both."
            : `Not saved: ${problem.message}`}
        </p>
      )}
    </ConfirmDialog>
  );
}
