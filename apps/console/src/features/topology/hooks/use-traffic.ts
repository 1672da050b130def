"use client";

import { isMoving } from "@weir/domain/browser";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useSyncExternalStore } from "react";
import { useLive } from "../../live/index.ts";
import { useWindow } from "../../time/index.ts";

const still = "(prefers-reduced-motion: reduce)";

/** Whether requests are seen on their way, kept in the address as `?traffic=still`; `canMove` says whether they ever are. */
export function useTraffic() {
  const [traffic, setTraffic] = useQueryState(
    "traffic",
    parseAsStringLiteral(["moving", "still"]).withDefault("moving"),
  );
  const { length } = useWindow();
  const { state } = useLive();
  const wantsStill = useSyncExternalStore(
    listen,
    () => window.matchMedia(still).matches,
    () => true,
  );
  // A past window, and one that is held, stand for a time that goes no further. A hidden tab draws nothing anyhow.
  const canMove = !wantsStill && state !== "paused" && isMoving(length);
  return {
    chosen: traffic === "moving",
    canMove,
    moves: canMove && traffic === "moving",
    setChosen: (moving: boolean) => void setTraffic(moving ? "moving" : "still"),
  };
}

function listen(onChange: () => void): () => void {
  const media = window.matchMedia(still);
  media.addEventListener("change", onChange);
  return () => media.removeEventListener("change", onChange);
}
