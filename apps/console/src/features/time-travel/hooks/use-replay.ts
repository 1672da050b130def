"use client";

import { useIsFetching } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import { useWindow } from "../../time/index.ts";
import { replayedOn, replayFrom } from "../view-model/replay.ts";

/** A picture stands at least so long. */
const pictureMs = 900;

/** Plays what happened from the window on, or from the start of the strip, until now; never past what is still read. */
export function useReplay(stripFromMs: number) {
  const { length, setLength } = useWindow();
  const [playing, setPlaying] = useState(false);
  const reading = useIsFetching({ queryKey: useTRPC().topology.get.queryKey() }) > 0;
  useEffect(() => {
    if (!playing || reading) return;
    const timer = setTimeout(() => {
      const next = replayedOn(length, Date.now());
      if (next === undefined) setPlaying(false);
      else void setLength(next);
    }, pictureMs);
    return () => clearTimeout(timer);
  }, [playing, reading, length, setLength]);
  return {
    playing,
    stop: () => setPlaying(false),
    play: () => {
      void setLength(replayFrom(length, stripFromMs, Date.now()));
      setPlaying(true);
    },
  };
}
