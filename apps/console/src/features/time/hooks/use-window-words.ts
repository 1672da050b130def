"use client";

import type { WindowText } from "@weir/domain";
import { useSyncExternalStore } from "react";
import { serverWindowWords, windowWords } from "../view-model/window-param.ts";

/** {@link windowWords} for what a server draws too: until the page is the browser's own, without a clock's times. */
export function useWindowWords(text: WindowText): string {
  return useSyncExternalStore(
    neverChanges,
    () => windowWords(text),
    () => serverWindowWords(text),
  );
}

function neverChanges(): () => void {
  return () => {};
}
