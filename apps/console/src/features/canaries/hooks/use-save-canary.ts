"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../../../client/problem.ts";
import { toastWithUndo } from "../../../client/toast-with-undo.ts";
import { useTRPC } from "../../../client/trpc.ts";
import type { CanaryService } from "../../../server/canaries/canary-schemas.ts";
import { backendsToSave, type Weights, weightsText } from "../view-model/weights.ts";
import { useUndoCanary } from "./use-undo-canary.ts";

interface SaveRequest {
  readonly weights: Weights;
  readonly expectedRevision: number;
  readonly reason?: string | undefined;
}

/** Saving weights: what was refused and where, whether somebody was faster, and which revision was saved last. */
export function useSaveCanary(service: CanaryService) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const undo = useUndoCanary(service.namespace);
  const [savedRevision, setSavedRevision] = useState<number>();
  const mutation = useMutation(
    trpc.canaries.save.mutationOptions({
      onSuccess: async ({ revision }, { name, backends, expectedRevision }) => {
        setSavedRevision(revision);
        toastWithUndo(`Saved revision ${revision}: ${weightsText(backends)}`, () =>
          undo({ name, former: expectedRevision, now: revision }),
        );
        await queries.invalidateQueries({ queryKey: trpc.canaries.pathKey() });
      },
      onError: () => queries.invalidateQueries({ queryKey: trpc.canaries.get.queryKey() }),
    }),
  );
  const problem = mutation.error ? problemOf(mutation.error) : undefined;
  return {
    save: ({ weights, expectedRevision, reason }: SaveRequest) =>
      mutation.mutate({
        namespace: service.namespace,
        service: service.service,
        name: service.canary?.name ?? canaryName(service.service),
        backends: backendsToSave(weights, service.canary?.backends),
        mode: service.canary?.ownMode,
        expectedRevision,
        reason,
      }),
    saving: mutation.isPending,
    conflict: problem?.code === "STALE_REVISION",
    findings: problem?.findings ?? [],
    /** A refusal without findings, in a sentence. */
    failure:
      problem && problem.code !== "STALE_REVISION" && problem.findings.length === 0
        ? problem.message
        : undefined,
    savedRevision,
    forget: () => mutation.reset(),
  };
}

/** Name of a service's first canary; names are DNS labels, of at most 63 characters. */
function canaryName(service: string): string {
  return service.length + "-canary".length <= 63 ? `${service}-canary` : service;
}
