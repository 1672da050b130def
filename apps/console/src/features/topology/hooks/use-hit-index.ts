"use client";

import type { Placement } from "@weir/graph";
import { useEffect, useState } from "react";
import type { HitIndex } from "../drawing/hit-index.ts";

/**
 * What of a large map is at a place, once that is known; undefined where there is no large map. What finds it is loaded
 * for the first one; that it cannot be had is thrown while drawing, for the page's error boundary.
 */
export function useHitIndex(placement: Placement | undefined): HitIndex | undefined {
  const [index, setIndex] = useState<HitIndex>();
  useEffect(() => {
    if (!placement) {
      setIndex(undefined);
      return;
    }
    let current = true;
    import("../drawing/hit-index.ts")
      .then((module) => current && setIndex(new module.HitIndex(placement)))
      .catch((problem: unknown) =>
        setIndex(() => {
          throw problem;
        }),
      );
    return () => {
      current = false;
    };
  }, [placement]);
  return index;
}
