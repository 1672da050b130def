"use client";

import { type Graph, type LayoutEngine, layoutKey, nextPlacement, type Placement } from "@weir/graph";
import { useEffect, useMemo, useRef, useState } from "react";

/** Where everything stands; undefined until the first layout is done. `arrange` makes a clean picture of it anew. */
export function usePlacement(graph: Graph | undefined) {
  const [placement, setPlacement] = useState<Placement>();
  const [error, setError] = useState<unknown>();
  const engine = useRef<Promise<LayoutEngine>>(undefined);
  const latest = useRef<Placement>(undefined);
  const [round, setRound] = useState(0);
  const key = useMemo(() => graph && layoutKey(graph), [graph]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the graph; an equal one moves nothing
  useEffect(() => {
    if (!graph) return;
    let current = true;
    engine.current ??= import("@weir/graph/browser").then((module) => module.makeLayoutEngine());
    engine.current
      .then((ready) => nextPlacement(latest.current, graph, ready))
      .then((next) => {
        if (!current) return;
        latest.current = next;
        setError(undefined);
        setPlacement(next);
      })
      .catch((problem: unknown) => current && setError(problem));
    return () => {
      current = false;
    };
  }, [key, round]);

  const arrange = () => {
    latest.current = undefined;
    setRound((n) => n + 1);
  };
  return { placement, error, arrange };
}
