"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../client/trpc.ts";
import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";

/** The rollout that moves the service's requests now; undefined while there is none, and until that is known. */
export function useRunningRollout(service: {
  readonly namespace: string;
  readonly name: string;
}): ShownRollout | undefined {
  const { namespace, name } = service;
  const rollouts = useQuery(useTRPC().rollouts.list.queryOptions({ service: { namespace, name } }));
  return rollouts.data?.running[0];
}
