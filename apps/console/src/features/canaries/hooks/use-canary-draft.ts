"use client";

import { useMemo, useState } from "react";
import type { CanaryService } from "../../../server/canaries/canary-schemas.ts";
import { draftOf, followLive, isTouched, moveWeight, replaceWeights } from "../view-model/weight-draft.ts";
import { type Weights, weightsOf } from "../view-model/weights.ts";

/** The draft of a service's weights beside the live ones. */
export function useCanaryDraft(service: CanaryService) {
  const { versions, canary, stableVersion } = service;
  const live = useMemo(
    () => weightsOf(versions, canary?.backends, stableVersion),
    [versions, canary?.backends, stableVersion],
  );
  const revision = canary?.revision ?? 0;
  const [draft, setDraft] = useState(() => draftOf(live, revision));
  // During render, not in an effect: a page that shows a draft of what is no longer live would be wrong for a moment.
  const current = followLive(draft, live, revision);
  if (current !== draft) setDraft(current);
  return {
    live,
    revision,
    weights: current.weights,
    begunFrom: current.begunFrom,
    touched: isTouched(current),
    /** Somebody else changed the canary since this draft was begun. */
    outdated: isTouched(current) && current.begunFrom.revision !== revision,
    move: (version: string, weight: number) =>
      setDraft((now) => moveWeight(now, version, weight, stableVersion)),
    replace: (weights: Weights) =>
      setDraft((now) => replaceWeights(now, weightsOf(versions, weights, stableVersion))),
    reset: () => setDraft(draftOf(live, revision)),
  };
}

export type CanaryDraft = ReturnType<typeof useCanaryDraft>;
