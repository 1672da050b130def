"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../client/trpc.ts";
import { ErrorState } from "../../../ui/error-state.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { useLive } from "../../live/index.ts";
import { TraceMissing } from "./trace-missing.tsx";
import { TraceView } from "./trace-view.tsx";

const retryMs = 3_000;
/** Spans of one trace come from many sidecars, each with its own batch: a young trace may not be whole. */
const settledAfterMs = 20_000;

/** One trace in full, read again while it may still grow. */
export function TracePage({ traceId }: { traceId: string }) {
  const trpc = useTRPC();
  const { state } = useLive();
  const trace = useQuery(
    trpc.traces.byId.queryOptions(
      { traceId },
      {
        refetchInterval: ({ state: { data } }) => {
          if (state === "paused") return false;
          if (!data?.found) return retryMs;
          return data.nowMs - data.endMs < settledAfterMs ? retryMs : false;
        },
      },
    ),
  );
  if (trace.isPending) return <SkeletonRows rows={12} what="the trace" />;
  if (trace.isError && !trace.data)
    return <ErrorState error={trace.error} what="the trace" retry={() => void trace.refetch()} />;
  if (!trace.data.found)
    return (
      <TraceMissing traceId={traceId} retrying={state !== "paused"} retry={() => void trace.refetch()} />
    );
  return <TraceView trace={trace.data} />;
}
