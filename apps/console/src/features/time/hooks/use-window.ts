"use client";

import { useQueryState } from "nuqs";
import { windowParam } from "../view-model/window-param.ts";

/** The text of the chosen window and its setter; it stands in the address, so that a link shows the same. */
export function useWindow() {
  const [length, setLength] = useQueryState("window", windowParam);
  return { length, setLength };
}
