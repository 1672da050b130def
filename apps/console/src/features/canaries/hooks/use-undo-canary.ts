"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTRPCClient } from "../../../client/trpc.ts";

interface SavedCanary {
  readonly name: string;
  /** The revision that was in force before the change; 0: there was no canary. */
  readonly former: number;
  /** The one that is in force since; 0: there is none. */
  readonly now: number;
}

/** Takes the last change of a canary back, if nobody changed it since; gives back what to say then. */
export function useUndoCanary(namespace: string): (saved: SavedCanary) => Promise<string> {
  const { policies } = useTRPCClient();
  const queries = useQueryClient();
  return async ({ name, former, now }) => {
    const change = { namespace, name, expectedRevision: now, reason: "undone" };
    try {
      if (former === 0) {
        await policies.remove.mutate(change);
        return `Canary ${name} removed again`;
      }
      const { revision } = await policies.restore.mutate({ ...change, revision: former });
      return `Back to revision ${former}, as revision ${revision}`;
    } finally {
      await queries.invalidateQueries();
    }
  };
}
