"use client";

import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { alone } from "../../../client/make-clients.ts";
import { useTRPCClient } from "../../../client/trpc.ts";
import { heldSpans } from "../view-model/find/held-spans.ts";
import type { SpanTerm } from "../view-model/find/span-terms.ts";
import { useSettled } from "./use-settled.ts";

/** Somebody who types on is not asked for. */
const settleMs = 250;

/**
 * The spans that the server names for each term, in the terms' order; undefined for a term that it is not asked for, or has
 * not answered. `spans`, how many the trace has by now, asks anew when it has grown.
 */
export function useHeldSpans(traceId: string, spans: number, terms: readonly SpanTerm[]) {
  const client = useTRPCClient();
  const settled = useSettled(terms, settleMs) === terms;
  const asked = useMemo(
    () => [...new Map(terms.flatMap(({ held }) => (held ? [[keyOf(held), held]] : []))).values()],
    [terms],
  );
  const answers = useQueries({
    queries: asked.map((held) => ({
      queryKey: [["traces", "holding"], traceId, spans, held],
      enabled: settled,
      staleTime: Number.POSITIVE_INFINITY,
      structuralSharing: false,
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        heldSpans((await client.traces.holding.query({ traceId, ...held }, { ...alone, signal })).spans),
    })),
    combine,
  });
  const named = useMemo(() => {
    const byKey = new Map(asked.map((held, i) => [keyOf(held), answers.named[i]]));
    return terms.map(({ held }) => held && byKey.get(keyOf(held)));
  }, [terms, asked, answers.named]);
  const { failed, retry } = answers;
  return { named, failed, retry, isAsking: answers.isAsking || (!settled && asked.length > 0) };
}

function combine(results: UseQueryResult<ReadonlySet<string>>[]) {
  return {
    named: results.map(({ data }) => data),
    isAsking: results.some(({ isFetching }) => isFetching),
    failed: results.some(({ isError }) => isError),
    retry: () => {
      for (const { isError, refetch } of results) if (isError) void refetch();
    },
  };
}

function keyOf({ name = "", value }: NonNullable<SpanTerm["held"]>): string {
  return `${name}\0${value}`;
}
