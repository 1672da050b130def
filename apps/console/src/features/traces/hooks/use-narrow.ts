"use client";

import { useSyncExternalStore } from "react";

const query = "(max-width: 639px)";

/** Is the page too narrow for two columns? False on the server. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", onChange);
      return () => media.removeEventListener("change", onChange);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}
