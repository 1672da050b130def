"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";

const overlays = ["palette", "keys", "views"] as const;
export type Overlay = (typeof overlays)[number];

/** Which of the frame's own dialogs is open; in the address, so that Back closes it. */
export function useOverlay() {
  const [overlay, setOverlay] = useQueryState("open", parseAsStringLiteral(overlays));
  return {
    overlay,
    open: (next: Overlay) => void setOverlay(next),
    close: () => void setOverlay(null),
  };
}
