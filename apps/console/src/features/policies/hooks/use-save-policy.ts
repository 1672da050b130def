"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../../../client/problem.ts";
import { toastWithUndo } from "../../../client/toast-with-undo.ts";
import { useTRPC, useTRPCClient } from "../../../client/trpc.ts";

interface SavedPolicy {
  readonly namespace: string;
  readonly name: string;
  readonly revision: number;
}

/** Saving a policy: what was refused, whether somebody was faster, and the way back. */
export function useSavePolicy(onSaved: (saved: SavedPolicy) => void) {
  const trpc = useTRPC();
  const { policies } = useTRPCClient();
  const queries = useQueryClient();
  const mutation = useMutation(
    trpc.policies.save.mutationOptions({
      onSuccess: async (saved, { expectedRevision }) => {
        const { namespace, name, revision } = saved;
        onSaved(saved);
        toastWithUndo(`Saved ${namespace}/${name} as revision ${revision}`, async () => {
          const change = { namespace, name, expectedRevision: revision, reason: "undone" };
          if (expectedRevision === 0) await policies.remove.mutate(change);
          else await policies.restore.mutate({ ...change, revision: expectedRevision });
          await queries.invalidateQueries();
          return expectedRevision === 0
            ? `Removed ${namespace}/${name} again`
            : `Back to what revision ${expectedRevision} said`;
        });
        await queries.invalidateQueries();
      },
      onError: () => queries.invalidateQueries({ queryKey: trpc.policies.pathKey() }),
    }),
  );
  const problem = mutation.error ? problemOf(mutation.error) : undefined;
  return {
    save: mutation.mutate,
    saving: mutation.isPending,
    conflict: problem?.code === "STALE_REVISION",
    failure: problem && problem.code !== "STALE_REVISION" ? problem.message : undefined,
    forget: mutation.reset,
  };
}
