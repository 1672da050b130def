"use client";

import type { Degradation, RolloutPlan } from "@weir/rollout";
import { useEffect, useState } from "react";
import { makeStreamingClient } from "../../../client/make-streaming-client.ts";
import { problemOf } from "../../../client/problem.ts";
import type { ToldReplay } from "../../../server/rollouts/replay.ts";

export interface ReplayAsked {
  readonly plan: RolloutPlan;
  readonly degradation: Degradation;
  readonly window: string;
}

/** ms without a change. */
const restMs = 250;
/** ms after which a console that was busy is asked again. */
const busyMs = 2_000;

/**
 * What a plan would have done to past requests: asked anew each time the question rests, the one before being ended. Undefined:
 * nothing is asked.
 */
export function usePlanReplay(asked: ReplayAsked | undefined) {
  const [client] = useState(() => makeStreamingClient());
  const wanted = asked === undefined ? "" : JSON.stringify(asked);
  const [question, setQuestion] = useState({ text: wanted });
  const [told, setTold] = useState<{ readonly question: object; readonly replay: ToldReplay }>();
  const [failed, setFailed] = useState<{ readonly question: object; readonly error: unknown }>();
  const [refused, setRefused] = useState("");
  useEffect(() => {
    const rest = () => setQuestion((now) => (now.text === wanted ? now : { text: wanted }));
    const timer = setTimeout(rest, restMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  useEffect(() => {
    if (question.text === "") return;
    const left = new AbortController();
    const follow = async () => {
      const input: ReplayAsked = JSON.parse(question.text);
      for await (const replay of await client.rollouts.replay.query(input, { signal: left.signal }))
        setTold({ question, replay });
      setRefused("");
    };
    let again: ReturnType<typeof setTimeout> | undefined;
    follow().catch((error: unknown) => {
      if (left.signal.aborted) return;
      if (problemOf(error).code !== "BUSY") return setFailed({ question, error });
      setRefused(question.text);
      again = setTimeout(() => setQuestion({ ...question }), busyMs);
    });
    return () => {
      clearTimeout(again);
      left.abort();
    };
  }, [client, question]);
  const replay = told?.question === question ? told.replay : undefined;
  return {
    /** Of this very question, so far; undefined until the first of it is told. */
    progress: replay,
    /** The newest whole answer, which may be about an earlier question. */
    ...useLast(told?.replay),
    current: replay?.finished === true && wanted === question.text,
    /** The console replays as many plans as it has room for, and is asked again until this one is among them. */
    isWaiting: replay === undefined && refused === question.text,
    error: failed?.question === question ? failed.error : null,
    retry: () => setQuestion({ text: wanted }),
  };
}

/** Keeps the last answer that was whole while the next one comes. */
function useLast(told: ToldReplay | undefined): { last: ToldReplay | undefined } {
  const [last, setLast] = useState<ToldReplay>();
  if (told?.finished && told !== last) setLast(told);
  return { last: told?.finished ? told : last };
}
