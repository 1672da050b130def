"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Sight } from "../drawing/frame.ts";
import { MapPicture, type MapScene } from "../drawing/map-picture.ts";
import { styleOfPage } from "../drawing/page-style.ts";

interface Canvases {
  readonly picture: HTMLCanvasElement;
  readonly backdrop: HTMLCanvasElement;
}

/** The map as pictures on two canvases, painted in a worker; `look` moves them, without React. A failure ends them. */
export function usePicture({ view, placement, focus }: MapScene, onFailure: (problem: Error) => void) {
  const [canvases, setCanvases] = useState<Canvases>();
  const [picture, setPicture] = useState<MapPicture>();
  const shown = useRef<MapPicture>(undefined);
  const sight = useRef<Sight>(undefined);
  const latestFailure = useRef(onFailure);
  latestFailure.current = onFailure;

  useEffect(() => {
    if (!canvases) return;
    const worker = new Worker(new URL("../drawing/painter-worker.ts", import.meta.url), {
      name: "painter",
      type: "module",
    });
    const started = new MapPicture(worker, canvases, (problem) => latestFailure.current(problem));
    const dress = () => started.dress(styleOfPage());
    dress();
    if (sight.current) started.look(sight.current);
    const theme = new MutationObserver(dress);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
    shown.current = started;
    setPicture(started);
    return () => {
      shown.current = undefined;
      setPicture(undefined);
      theme.disconnect();
      started.dispose();
    };
  }, [canvases]);

  useEffect(() => picture?.show({ view, placement, focus }), [picture, view, placement, focus]);

  const look = useCallback((now: Sight) => {
    sight.current = now;
    shown.current?.look(now);
  }, []);
  return { look, setCanvases };
}
