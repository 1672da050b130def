"use client";

import { useQueryState } from "nuqs";
import { windowParam } from "./window-param.ts";

/** The chosen window length and its setter; it stands in the address, so that a link shows the same. */
export function useWindow() {
  const [length, setLength] = useQueryState("window", windowParam);
  return { length, setLength };
}
