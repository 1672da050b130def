"use client";

import type { Placement } from "@weir/graph";
import { pointer } from "d3-selection";
import {
  type FocusEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { boxInView, type Sight } from "../drawing/frame.ts";
import { nearPart } from "../drawing/near-part.ts";
import { useHitIndex } from "./use-hit-index.ts";
import type { Selection } from "./use-selection.ts";

interface Near {
  /** The map is drawn as a picture; otherwise all of it is buttons. */
  readonly pictured: boolean;
  readonly view: MapView;
  readonly placement: Placement;
  readonly selection: Selection | undefined;
  /** Ids of what has a part in the selection. */
  readonly around: ReadonlySet<string> | undefined;
  /** What is in sight; undefined while that moves. */
  readonly rested: Sight | undefined;
  /** The group that pan and zoom move. */
  readonly moving: RefObject<SVGGElement | null>;
}

/** So far from an edge's line still counts as on it, in pixels of the window. */
const reachPx = 8;

/** What of the map is drawn as buttons, and what is found where there are none. */
export function useNear({ pictured, view, placement, selection, around, rested, moving }: Near) {
  const [hovered, setHovered] = useState<Selection>();
  const [focused, setFocused] = useState<string>();
  const waitsForFocus = useRef<string>(undefined);
  const frame = useRef(0);
  const index = useHitIndex(pictured ? placement : undefined);
  const inSight = useMemo(() => (rested && index?.nodesIn(boxInView(rested))) ?? [], [rested, index]);
  const part = useMemo(
    () =>
      pictured
        ? nearPart(view, {
            ...{ selection, around, inSight, scale: rested?.k ?? 0 },
            looked: [hovered?.id, focused],
          })
        : view,
    [pictured, view, selection, around, inSight, rested, hovered, focused],
  );

  // A service that the keyboard went to can have the focus once it is a button.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked for in what was drawn
  useEffect(() => {
    const id = waitsForFocus.current;
    if (id === undefined) return;
    waitsForFocus.current = undefined;
    moving.current?.querySelector<SVGGElement>(`[data-node="${CSS.escape(id)}"]`)?.focus();
  }, [part, moving]);

  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const at = (event: MouseEvent): Selection | undefined => {
    const group = moving.current;
    const scale = group?.getScreenCTM()?.a ?? 0;
    if (!index || !group || scale === 0) return undefined;
    const [x, y] = pointer(event.nativeEvent, group);
    return index.at({ x, y }, reachPx / scale);
  };

  const goTo = (id: string) => {
    waitsForFocus.current = id;
    setFocused(id);
    // Already a button, it is not drawn anew.
    moving.current?.querySelector<SVGGElement>(`[data-node="${CSS.escape(id)}"]`)?.focus();
  };

  return {
    part,
    /** Under the pointer or, where that is over nothing, under the keyboard's focus. */
    looked:
      hovered ?? (pictured && focused !== undefined ? ({ kind: "node", id: focused } as const) : undefined),
    at,
    goTo,
    handlers: pictured
      ? {
          onPointerMove: (event: MouseEvent) => {
            if (event.buttons !== 0) return;
            cancelAnimationFrame(frame.current);
            frame.current = requestAnimationFrame(() => {
              const next = at(event);
              setHovered((old) => (old?.id === next?.id ? old : next));
            });
          },
          onPointerLeave: () => {
            cancelAnimationFrame(frame.current);
            setHovered(undefined);
          },
          onFocus: (event: FocusEvent) => setFocused(idOf(event.target)),
          onBlur: () => setFocused(undefined),
        }
      : {},
  };
}

function idOf(target: Element): string | undefined {
  const { node, edge } = target instanceof SVGElement ? target.dataset : {};
  return node ?? edge;
}
