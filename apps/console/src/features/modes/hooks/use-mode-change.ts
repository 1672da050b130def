"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../../../client/problem.ts";
import { toastWithUndo } from "../../../client/toast-with-undo.ts";
import { useTRPC, useTRPCClient } from "../../../client/trpc.ts";
import { raiseNotice } from "../../../ui/notice.ts";
import { setWords } from "../view-model/change-words.ts";

/** Turns a switch, reads the page's modes again, says how it went, and offers the way back. */
export function useModeChange(onDone: () => void) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  return useMutation(
    trpc.modes.change.mutationOptions({
      onSuccess: async ({ former }, { change }) => {
        toastWithUndo(`${setWords(change)} Sidecars follow within a second.`, async () => {
          await client.modes.change.mutate({ change: former, ifStill: change, reason: "undone" });
          await queries.invalidateQueries();
          return setWords(former);
        });
        onDone();
        await queries.invalidateQueries();
      },
      onError: (error) => raiseNotice("error", `Mode not changed: ${problemOf(error).message}`),
    }),
  );
}
