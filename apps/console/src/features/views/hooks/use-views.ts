"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { raiseNotice } from "../../../ui/notice.ts";

/** Saved views, and what can be done with them. What is refused is told by a notice. */
export function useViews() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const views = useQuery(trpc.views.list.queryOptions());
  const settled = {
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.views.list.queryKey() }),
    onError: (error: unknown) => void raiseNotice("error", problemOf(error).message),
  };
  const saving = useMutation(trpc.views.save.mutationOptions(settled));
  const renaming = useMutation(trpc.views.rename.mutationOptions(settled));
  const removing = useMutation(trpc.views.remove.mutationOptions(settled));
  return {
    views,
    save: saving.mutateAsync,
    rename: renaming.mutateAsync,
    remove: removing.mutateAsync,
  };
}
