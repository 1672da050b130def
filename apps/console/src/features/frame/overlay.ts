"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useCallback, useEffect, useRef } from "react";

const overlays = ["palette", "keys", "views"] as const;
const key = "open";
export type Overlay = (typeof overlays)[number];

/**
 * Which of the frame's own dialogs is open; in the address, and an entry of its own in the browser's history, so that
 * Back closes it. What is done out of it and changes the address takes the place of that entry: Back undoes that then.
 */
export function useOverlay() {
  const [overlay, setOverlay] = useQueryState(key, parseAsStringLiteral(overlays));
  return {
    overlay,
    open: (next: Overlay) => void setOverlay(next, { history: overlay === null ? "push" : "replace" }),
    /** Goes on to another address in the place of the dialog, together with the change of it. */
    leave: () => void setOverlay(null),
  };
}

/**
 * Opens dialogs, and closes them as Back does, so that no second entry of the same page is left behind. One that the page
 * began with, by a link, has no page before it to go back to: its entry becomes that of the page.
 */
export function useOverlayKeys() {
  const { overlay, open, leave } = useOverlay();
  const cameBy = useRef<"link" | "page" | "closing">("link");
  const wanted = useRef<Overlay>(undefined);
  useEffect(() => {
    if (overlay !== null) return;
    cameBy.current = "page";
    const next = wanted.current;
    wanted.current = undefined;
    if (next) open(next);
  }, [overlay, open]);
  const close = useCallback(() => {
    // Before its entry is made there is none to go back from.
    if (cameBy.current === "link" || !isInAddress()) leave();
    else if (cameBy.current === "page") {
      cameBy.current = "closing";
      window.history.back();
    }
  }, [leave]);
  return {
    overlay,
    close,
    /** On the way back the address is still that of the dialog before: what is asked for then is opened on arrival. */
    open: (next: Overlay) => {
      if (cameBy.current === "closing") wanted.current = next;
      else open(next);
    },
  };
}

function isInAddress(): boolean {
  return new URLSearchParams(window.location.search).has(key);
}
