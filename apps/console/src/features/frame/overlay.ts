"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";

const overlays = ["palette", "keys", "views"] as const;
export type Overlay = (typeof overlays)[number];

/**
 * Which of the frame's own dialogs is open; in the address, and an entry of its own in the browser's history, so that
 * Back closes it. Whatever closes it otherwise takes the place of that entry: going back by `history.back()` would come
 * a moment later, and undo what people do meanwhile.
 */
export function useOverlay() {
  const [overlay, setOverlay] = useQueryState("open", parseAsStringLiteral(overlays));
  return {
    overlay,
    open: (next: Overlay) => void setOverlay(next, { history: overlay === null ? "push" : "replace" }),
    /** Resolves once the address says so: whoever goes on to another page waits for it. */
    close: () => setOverlay(null, { history: "replace" }),
  };
}
