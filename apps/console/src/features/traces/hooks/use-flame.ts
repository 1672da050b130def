"use client";

import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { type KeyboardEvent, useMemo, useState } from "react";
import { type FlameFrame, flameGraph } from "../view-model/flame/flame-graph.ts";
import { flameKey } from "../view-model/flame/flame-keys.ts";
import { flameLevels, frameByKey } from "../view-model/flame/flame-levels.ts";
import type { SpanTree } from "../view-model/span-tree.ts";

const measures = ["time", "count"] as const;

/** The flame graph's state. What makes frames wide (`?by=`) and the frame that takes the whole width (`?zoom=`) stand in the address. */
export function useFlame(tree: SpanTree) {
  const [by, setBy] = useQueryState("by", parseAsStringLiteral(measures).withDefault("time"));
  const [zoom, setZoom] = useQueryState("zoom", parseAsString);
  const whole = useMemo(() => flameGraph(tree), [tree]);
  const focus = useMemo(() => frameByKey(whole, zoom), [whole, zoom]);
  const levels = useMemo(() => flameLevels(focus, by), [focus, by]);
  const [key, setKey] = useState(zoom);
  const selected = useMemo(() => frameByKey(whole, key), [whole, key]);
  const select = (frame: FlameFrame) => setKey(frame.key);
  const zoomTo = (frame: FlameFrame) => {
    setKey(frame.key);
    void setZoom(frame.key || null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = flameKey(event.key, levels, selected, focus);
    if (!action) return;
    event.preventDefault();
    if (action.type === "zoom") zoomTo(action.frame);
    else select(action.frame);
  };
  return {
    by,
    setBy: (next: "time" | "count") => void setBy(next),
    whole,
    focus,
    levels,
    selected,
    zoomTo,
    onKeyDown,
  };
}

export type FlameState = ReturnType<typeof useFlame>;
