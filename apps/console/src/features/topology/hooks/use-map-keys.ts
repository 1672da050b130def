"use client";

import type { Point } from "@weir/graph";
import { useEffect } from "react";
import { isTyping } from "../../frame/index.ts";

interface MapKeys {
  fit(): void;
  zoomBy(direction: 1 | -1): void;
  panBy(x: number, y: number): void;
  /** To the next service that way; x and y are -1, 0 or 1. */
  walk(way: Point): void;
}

const panStep = 60;

const pans: Record<string, readonly [number, number] | undefined> = {
  ArrowLeft: [panStep, 0],
  ArrowRight: [-panStep, 0],
  ArrowUp: [0, panStep],
  ArrowDown: [0, -panStep],
};

const zooms: Record<string, 1 | -1 | undefined> = { "+": 1, "=": 1, "-": -1 };

/** The map's keys: f fits, + and - zoom, arrows move, with Shift they walk from service to service. They leave fields and dialogs alone. */
export function useMapKeys({ fit, zoomBy, panBy, walk }: MapKeys) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const zoom = zooms[event.key];
      // Arrows belong to a control that uses them itself (tabs, switches, lists).
      const pan = isMapOrPage(event.target) ? pans[event.key] : undefined;
      if (event.key !== "f" && !zoom && !pan) return;
      event.preventDefault();
      if (event.key === "f") fit();
      if (zoom) zoomBy(zoom);
      if (pan && event.shiftKey) walk({ x: -Math.sign(pan[0]), y: -Math.sign(pan[1]) });
      else if (pan) panBy(...pan);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [fit, zoomBy, panBy, walk]);
}

function isMapOrPage(target: EventTarget | null): boolean {
  return target instanceof Element && (target === document.body || target.closest("svg[data-map]") !== null);
}
