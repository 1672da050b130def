"use client";

import { useEffect, useState } from "react";
import { postForLines } from "../../../client/post-for-lines.ts";
import type { PreviewEvent } from "../../../server/api/preview.ts";

interface Asked {
  readonly text: string;
  readonly window: string;
}

/** A draft replayed over what was stored, from the moment somebody asks for it; asking again, or leaving, ends it. */
export function useDraftPreview() {
  const [asked, setAsked] = useState<Asked>();
  const [preview, setPreview] = useState<PreviewEvent>();
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (asked === undefined) return;
    const left = new AbortController();
    follow(asked, left.signal, setPreview).catch((failure: unknown) => {
      if (!left.signal.aborted) setError(failure);
    });
    return () => left.abort();
  }, [asked]);
  const ask = (wanted: Asked) => {
    setPreview(undefined);
    setError(null);
    setAsked({ ...wanted });
  };
  return {
    /** What the preview is about; undefined until somebody asks. */
    asked,
    /** So far; undefined until the first of it is told. */
    preview,
    isRunning: asked !== undefined && !preview?.finished && error === null,
    error,
    ask,
    retry: () => asked && ask(asked),
    stop: () => setAsked(undefined),
  };
}

async function follow(
  { text, window }: Asked,
  signal: AbortSignal,
  told: (preview: PreviewEvent) => void,
): Promise<void> {
  const [from = window, to] = window.split("/");
  const query = new URLSearchParams({ from, ...(to !== undefined && { to }) });
  for await (const event of postForLines<PreviewEvent>(`/preview?${query}`, text, signal)) told(event);
}
