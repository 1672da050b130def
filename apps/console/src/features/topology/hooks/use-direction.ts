"use client";

import type { Direction } from "@weir/graph";
import { useEffect, useState } from "react";

/** Flow goes right where there is width for it, and down on a narrow window. Undefined before the first look. */
export function useDirection(): Direction | undefined {
  const [direction, setDirection] = useState<Direction>();
  useEffect(() => {
    const narrow = window.matchMedia("(max-width: 47.99rem)");
    const update = () => setDirection(narrow.matches ? "down" : "right");
    update();
    narrow.addEventListener("change", update);
    return () => narrow.removeEventListener("change", update);
  }, []);
  return direction;
}
