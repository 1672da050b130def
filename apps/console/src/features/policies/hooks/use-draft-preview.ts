"use client";

import { useSubscription } from "@trpc/tanstack-react-query";
import { useState } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import type { DraftPreview } from "../../../server/preview/preview-schemas.ts";

interface Asked {
  readonly text: string;
  readonly window: string;
}

/** A draft replayed over what was stored, from the moment somebody asks for it; asking again, or leaving, ends it. */
export function useDraftPreview() {
  const [asked, setAsked] = useState<Asked>();
  const [preview, setPreview] = useState<DraftPreview>();
  const isRunning = asked !== undefined && !preview?.finished;
  const trpc = useTRPC();
  const replay = useSubscription(
    trpc.preview.draft.subscriptionOptions(asked ?? nothing, { enabled: isRunning, onData: setPreview }),
  );
  return {
    /** What the preview is about; undefined until somebody asks. */
    asked,
    /** So far; undefined until the first of it is told. */
    preview,
    isRunning,
    error: isRunning ? replay.error : null,
    ask(wanted: Asked) {
      setPreview(undefined);
      setAsked(wanted);
    },
    retry: replay.reset,
    stop: () => setAsked(undefined),
  };
}

const nothing: Asked = { text: "", window: "1m" };
