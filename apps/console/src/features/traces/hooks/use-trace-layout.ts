"use client";

import { useEffect, useState } from "react";
import type { FoundTrace } from "../../../server/traces/by-id.ts";
import type { TraceLayout } from "../view-model/lay-out-trace.ts";
import { layOutInTurns } from "./lay-out-in-turns.ts";

/**
 * What is drawn of a trace; undefined until it is laid out. A trace that has grown takes the place of the earlier one
 * when it is ready.
 */
export function useTraceLayout({ columns, spans }: FoundTrace): TraceLayout | undefined {
  const [layout, setLayout] = useState<TraceLayout>();
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    let current = true;
    layOutInTurns({ columns, spans })
      .then((ready) => current && setLayout(ready))
      .catch((error: unknown) => current && setProblem(error));
    return () => {
      current = false;
    };
  }, [columns, spans]);
  if (problem !== undefined) throw problem;
  return layout;
}
