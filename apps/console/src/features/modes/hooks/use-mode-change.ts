"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";

/** Turns a switch, reads the page's modes again and says how it went. */
export function useModeChange(onDone: () => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useMutation(
    trpc.modes.change.mutationOptions({
      onSuccess: async () => {
        toast.success("Mode changed. Sidecars follow within a second.");
        onDone();
        await queries.invalidateQueries();
      },
      onError: (error) => toast.error(`Mode not changed: ${problemOf(error).message}`),
    }),
  );
}
