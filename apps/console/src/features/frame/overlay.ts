"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useCallback, useEffect, useRef } from "react";

const overlays = ["palette", "keys", "views"] as const;
export type Overlay = (typeof overlays)[number];

/**
 * Which of the frame's own dialogs is open; in the address, and an entry of its own in the browser's history, so that
 * Back closes it. What is done out of it and changes the address takes the place of that entry: Back undoes that then.
 */
export function useOverlay() {
  const [overlay, setOverlay] = useQueryState("open", parseAsStringLiteral(overlays));
  return {
    overlay,
    open: (next: Overlay) => void setOverlay(next, { history: overlay === null ? "push" : "replace" }),
    /** Goes on to another address in the place of the dialog, together with the change of it. */
    leave: () => void setOverlay(null),
  };
}

/**
 * Closes the dialog as Back does, so that no second entry of the same page is left behind it. One that the page began
 * with, by a link, has no page before it to go back to: its entry becomes that of the page.
 */
export function useOverlayClose(): () => void {
  const { overlay, leave } = useOverlay();
  const cameBy = useRef<"link" | "page" | "closing">("link");
  useEffect(() => {
    if (overlay === null) cameBy.current = "page";
  }, [overlay]);
  return useCallback(() => {
    if (cameBy.current === "link") leave();
    if (cameBy.current !== "page") return;
    cameBy.current = "closing";
    window.history.back();
  }, [leave]);
}
