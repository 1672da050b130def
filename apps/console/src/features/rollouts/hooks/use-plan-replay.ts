"use client";

import { useSubscription } from "@trpc/tanstack-react-query";
import type { Degradation, RolloutPlan } from "@weir/rollout";
import { useEffect, useState } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import type { ToldReplay } from "../../../server/rollouts/replay.ts";

export interface ReplayAsked {
  readonly plan: RolloutPlan;
  readonly degradation: Degradation;
  readonly window: string;
}

/** ms without a change. */
const restMs = 250;
/** Longer questions do not fit into the address that they are asked by. */
const longest = 12_000;

/**
 * What a plan would have done to past requests: asked anew each time the question rests, the one before being ended. Undefined:
 * nothing is asked.
 */
export function usePlanReplay(asked: ReplayAsked | undefined) {
  const trpc = useTRPC();
  const wanted = asked === undefined ? "" : JSON.stringify(asked);
  const [rested, setRested] = useState(wanted);
  const [told, setTold] = useState<{ readonly question: string; readonly replay: ToldReplay }>();
  useEffect(() => {
    const timer = setTimeout(() => setRested(wanted), restMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  const isLong = encodeURIComponent(rested).length > longest;
  const isOver = told?.question === rested && told.replay.finished;
  const question: ReplayAsked = rested === "" ? nothing : JSON.parse(rested);
  const replay = useSubscription(
    trpc.rollouts.replay.subscriptionOptions(question, {
      enabled: rested !== "" && !isLong && !isOver,
      onData: (data) => setTold({ question: rested, replay: data }),
    }),
  );
  return {
    /** Of this very question, so far; undefined until the first of it is told. */
    progress: told?.question === rested ? told.replay : undefined,
    /** The newest whole answer, which may be about an earlier question. */
    ...useLast(told?.replay),
    current: isOver && wanted === rested,
    isLong,
    error: isOver ? null : replay.error,
    retry: replay.reset,
  };
}

/** Keeps the last answer that was whole while the next one comes. */
function useLast(told: ToldReplay | undefined): { last: ToldReplay | undefined } {
  const [last, setLast] = useState<ToldReplay>();
  if (told?.finished && told !== last) setLast(told);
  return { last: told?.finished ? told : last };
}

const nothing = {} as ReplayAsked;
