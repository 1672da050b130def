"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RolloutPlan } from "@weir/rollout";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { formatRate } from "../../../ui/format/numbers.ts";
import { jsonOf } from "../hooks/use-plan-check.ts";
import { spanText } from "../view-model/span-text.ts";
import { stepEffect } from "../view-model/step-words.ts";

interface StartDialogProps {
  readonly plan: RolloutPlan;
  readonly requestsPerS: number | undefined;
  onClose(): void;
  onStarted(id: number): void;
}

/** Says what will act, and on whom, before anything does. */
export function StartDialog({ plan, requestsPerS, onClose, onStarted }: StartDialogProps) {
  const queries = useQueryClient();
  const start = useMutation(
    useTRPC().rollouts.start.mutationOptions({
      onSuccess: async ({ id }) => {
        onStarted(id);
        await queries.invalidateQueries();
      },
    }),
  );
  const { steps, canary, baseline, targetRef, namespace, sticky, testers } = plan;
  const [first] = steps;
  const problem = start.error ? problemOf(start.error) : undefined;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Roll out ${canary} of ${targetRef}?`}
      action="Start the rollout"
      look="enforce"
      busy={start.isPending}
      onConfirm={(reason) => start.mutate({ plan: jsonOf(plan), reason })}
    >
      <ul className="flex list-disc flex-col gap-1.5 pl-5">
        {first && (
          <li>
            At once {stepEffect(first, canary)}
            {requestsPerS !== undefined && requestsPerS > 0 && ` (${formatRate(requestsPerS)} in all)`}, for{" "}
            {spanText(first.forMs)} at least.
          </li>
        )}
        <li>
          The split is <strong>enforced</strong> for every caller of {namespace}/{targetRef}, whatever mode
          the service is in. A hold of the mesh still stops it.
        </li>
        {testers !== undefined && <li>Testers go to {canary} in every step.</li>}
        <li>
          {sticky === "none"
            ? "Every request is drawn by itself."
            : "Whoever got the canary keeps it: shares only grow, and users stay in their version."}
        </li>
        <li>
          It goes on by itself as the evidence lets it, and back to {baseline} by itself where harm is shown.
          Past the last step {canary} is the stable version.
          {steps.some(({ approval }) => approval) && " Steps with an approval wait for somebody."}
        </li>
      </ul>
      {problem && (
        <p role="alert" className="mt-3 rounded-md bg-failing-soft px-2 py-1.5 text-failing text-xs">
          Not started: {problem.message}
        </p>
      )}
    </ConfirmDialog>
  );
}
