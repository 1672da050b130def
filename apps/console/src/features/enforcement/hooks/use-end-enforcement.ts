"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { raiseNotice } from "../../../ui/notice.ts";

/** Ends a watch by hand: back to what it was before, or the guard goes and the mode stays. */
export function useEndEnforcement(onDone: () => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const after = (said: string) => ({
    onSuccess: async ({ phase }: { phase: string }) => {
      raiseNotice(
        "success",
        phase === "ended" ? "Somebody had changed the switch meanwhile: it stays as it is." : said,
      );
      onDone();
      await queries.invalidateQueries();
    },
    onError: (error: unknown) => raiseNotice("error", `Not done: ${problemOf(error).message}`),
  });
  return {
    takeBack: useMutation(
      trpc.enforcement.takeBack.mutationOptions(after("Taken back. Sidecars follow within a second.")),
    ),
    keep: useMutation(trpc.enforcement.keep.mutationOptions(after("Kept. Nobody watches it any more."))),
  };
}
