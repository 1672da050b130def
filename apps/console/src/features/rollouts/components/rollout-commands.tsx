"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";
import { Button } from "../../../ui/button.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { raiseNotice } from "../../../ui/notice.ts";
import { type CommandWords, commandOf, commandsOf } from "../view-model/command-words.ts";

/** What can be asked of a rollout. Each says what happens to traffic first, and names the step that was seen. */
export function RolloutCommands({ rollout }: { rollout: ShownRollout }) {
  const [asked, setAsked] = useState<{ words: CommandWords; step: number }>();
  const queries = useQueryClient();
  const command = useMutation(
    useTRPC().rollouts.command.mutationOptions({
      onSuccess: () => {
        setAsked(undefined);
        raiseNotice("success", `${asked?.words.label}: done`);
      },
      onSettled: () => queries.invalidateQueries(),
    }),
  );
  const close = () => {
    setAsked(undefined);
    command.reset();
  };
  const problem = command.error ? problemOf(command.error) : undefined;
  return (
    <div className="flex flex-wrap gap-2">
      {commandsOf(rollout).map((words) => (
        <Button
          key={words.kind}
          look={words.look}
          onClick={() => setAsked({ words, step: rollout.state.step })}
        >
          {words.label}
        </Button>
      ))}
      {asked && (
        <ConfirmDialog
          open
          onOpenChange={(open) => open || close()}
          title={asked.words.question}
          action={asked.words.label}
          look={asked.words.look === "secondary" ? "primary" : asked.words.look}
          busy={command.isPending}
          blocked={problem !== undefined}
          onConfirm={(reason) =>
            command.mutate({ id: rollout.id, asked: commandOf(asked.words.kind, asked.step), reason })
          }
        >
          <p>{asked.words.effect}</p>
          {problem && (
            <p role="alert" className="mt-3 rounded-md bg-failing-soft px-2 py-1.5 text-failing text-xs">
              Nothing was changed: {problem.message}.
            </p>
          )}
        </ConfirmDialog>
      )}
    </div>
  );
}
