"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { raiseNotice } from "../../../ui/notice.ts";

const askEveryMs = 500;
/** A controller that runs has tried it by then. */
const patienceMs = 15_000;

/** Sends a test to a target and follows it to its end. */
export function useTargetTest(targetId: number) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [sent, setSent] = useState<{ readonly id: number; readonly atMs: number }>();
  const sending = useMutation(
    trpc.notifications.test.mutationOptions({
      onSuccess: ({ deliveryId }) => setSent({ id: deliveryId, atMs: Date.now() }),
      onError: (error) => void raiseNotice("error", problemOf(error).message),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.notifications.deliveries.queryKey() }),
    }),
  );
  const { data: delivery } = useQuery(
    trpc.notifications.delivery.queryOptions(
      { id: sent?.id ?? 1 },
      {
        enabled: sent !== undefined,
        refetchInterval: ({ state }) => (state.data?.state === "waiting" || !state.data ? askEveryMs : false),
      },
    ),
  );
  const isWaiting = sent !== undefined && delivery?.state === "waiting";
  return {
    send: () => sending.mutate({ id: targetId }),
    /** Undefined before one was sent. */
    delivery: sent === undefined ? undefined : delivery,
    isWaiting: sending.isPending || isWaiting,
    /** No controller seems to run. */
    isLate: isWaiting && Date.now() - sent.atMs > patienceMs,
  };
}
