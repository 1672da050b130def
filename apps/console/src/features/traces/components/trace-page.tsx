"use client";

import { Answer } from "../../../ui/answer.tsx";
import { useLive } from "../../live/index.ts";
import { useLaidOutTrace } from "../hooks/use-laid-out-trace.ts";
import { TraceMissing } from "./trace-missing.tsx";
import { TraceView } from "./trace-view.tsx";

/** One trace in full, read again while it may still grow. */
export function TracePage({ traceId }: { traceId: string }) {
  const paused = useLive().state === "paused";
  const query = useLaidOutTrace(traceId, paused);
  return (
    <Answer query={query} what="the trace" rows={12}>
      {(data) =>
        data ? (
          <TraceView {...data} />
        ) : (
          <TraceMissing traceId={traceId} retrying={!paused} retry={() => void query.refetch()} />
        )
      }
    </Answer>
  );
}
