"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "../../../client/trpc.ts";
import { useLink } from "../../frame/index.ts";
import { enforcementPath } from "../view-model/enforce-path.ts";

/** Enforces, and goes where the guard can be watched. */
export function useEnforce() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const linkTo = useLink();
  return useMutation(
    trpc.enforcement.start.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries();
        router.push(linkTo(enforcementPath(id)));
      },
      // What was predicted may have changed: the page shows the present numbers beside the refusal.
      onError: () => queries.invalidateQueries({ queryKey: trpc.enforcement.preview.queryKey() }),
    }),
  );
}
