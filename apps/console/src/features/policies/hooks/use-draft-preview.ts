"use client";

import { useEffect, useState } from "react";
import { postForLines } from "../../../client/post-for-lines.ts";
import type { PreviewAnswer, PreviewEvent } from "../../../server/api/preview.ts";
import { wholePreview } from "../view-model/whole-preview.ts";
import { useKept } from "./use-kept.ts";

interface Asked {
  readonly text: string;
  readonly window: string;
}

/** A replay that is over. */
interface Replayed {
  readonly asked: Asked;
  readonly preview: PreviewEvent;
  readonly atMs: number;
}

/** What the finished replays of pages are kept as. */
export const keptReplay = "draft-replay";

/**
 * A draft replayed over what was stored, from the moment somebody asks for it; asking again, or leaving, ends it. The last that was
 * finished stays: who comes back to the page finds it beside the draft, and who stops another has it again.
 */
export function useDraftPreview(page: string) {
  const kept = useKept<Replayed>(keptReplay, page);
  const [last, setLast] = useState(kept.read);
  const [running, setRunning] = useState<Asked>();
  const [soFar, setSoFar] = useState<PreviewEvent>();
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (running === undefined) return;
    const left = new AbortController();
    const told = (preview: PreviewEvent) => {
      setSoFar(preview);
      if (!preview.finished) return;
      const replayed = { asked: running, preview, atMs: Date.now() };
      kept.write(replayed);
      setLast(replayed);
      setRunning(undefined);
    };
    follow(running, left.signal, told).catch((failure: unknown) => {
      if (!left.signal.aborted) setError(failure);
    });
    return () => left.abort();
  }, [running, kept]);
  const ask = (wanted: Asked) => {
    setSoFar(undefined);
    setError(null);
    setRunning({ ...wanted });
  };
  return {
    ...(running ? { asked: running, preview: soFar } : { asked: last?.asked, preview: last?.preview }),
    /** When what is shown was replayed; undefined while it is. */
    atMs: running ? undefined : last?.atMs,
    isRunning: running !== undefined && error === null,
    error,
    ask,
    retry: () => running && ask(running),
    stop: () => setRunning(undefined),
  };
}

async function follow(
  { text, window }: Asked,
  signal: AbortSignal,
  told: (preview: PreviewEvent) => void,
): Promise<void> {
  const [from = window, to] = window.split("/");
  const query = new URLSearchParams({ from, ...(to !== undefined && { to }) });
  const answer = postForLines<PreviewAnswer>(`/preview?${query}`, text, signal);
  for await (const event of wholePreview(answer)) told(event);
}
