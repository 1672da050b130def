"use client";

import { useQuery } from "@tanstack/react-query";
import { alone } from "../../../client/make-clients.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
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
        trpc: alone,
        refetchInterval: ({ state: { data } }) => {
          if (state === "paused") return false;
          if (!data?.found) return retryMs;
          return data.nowMs - data.endMs < settledAfterMs ? retryMs : false;
        },
      },
    ),
  );
  return (
    <Answer query={trace} what="the trace" rows={12}>
      {(data) =>
        data.found ? (
          <TraceView trace={data} />
        ) : (
          <TraceMissing traceId={traceId} retrying={state !== "paused"} retry={() => void trace.refetch()} />
        )
      }
    </Answer>
  );
}
