"use client";

import { useEffect, useState } from "react";
import type { FoundTrace } from "../../../server/traces/by-id.ts";
import { layOutTrace, type TraceLayout } from "../view-model/lay-out-trace.ts";

/** Fewer spans are laid out at once: they take less than a frame. */
const smallSpans = 2_000;

/**
 * What is drawn of a trace, laid out in steps so that the page answers meanwhile; undefined until the first is done.
 * A trace that has grown takes the place of the earlier one when it is ready.
 */
export function useTraceLayout({ columns, spans }: FoundTrace): TraceLayout | undefined {
  const [layout, setLayout] = useState<TraceLayout>();
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    let current = true;
    const breathe = spans < smallSpans ? () => Promise.resolve() : turn;
    layOutTrace(JSON.parse(columns), breathe)
      .then((ready) => current && setLayout(ready))
      .catch((error: unknown) => current && setProblem(error));
    return () => {
      current = false;
    };
  }, [columns, spans]);
  if (problem !== undefined) throw problem;
  return layout;
}

/** Ends when the page has done what was waiting: a message to oneself comes after it, sooner than any timer. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
