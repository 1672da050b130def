"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { raiseNotice } from "../../../ui/notice.ts";

/** Deliveries go on while nobody touches anything. */
const askEveryMs = 10_000;

/** Who is told, and what can be done about it. What is refused is told by a notice. */
export function useTargets() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const targets = useQuery(trpc.notifications.list.queryOptions(undefined, { refetchInterval: askEveryMs }));
  const settled = {
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.notifications.pathKey() }),
    onError: (error: unknown) => void raiseNotice("error", problemOf(error).message),
  };
  const pausing = useMutation(trpc.notifications.pause.mutationOptions(settled));
  const removing = useMutation(trpc.notifications.remove.mutationOptions(settled));
  return { targets, pause: pausing.mutate, remove: removing.mutate };
}
