"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { posted } from "../../../client/make-clients.ts";
import { useTRPC } from "../../../client/trpc.ts";
import type { PlanDraft } from "../view-model/plan-draft.ts";

/** ms without a change: short, so that numbers follow a drag. */
const restMs = 120;

/** What is wrong with a plan and what it would see, told by the server each time the plan rests. */
export function usePlanCheck(plan: PlanDraft, rollout?: number) {
  const trpc = useTRPC();
  const [rested, setRested] = useState(plan);
  useEffect(() => {
    const timer = setTimeout(() => setRested(plan), restMs);
    return () => clearTimeout(timer);
  }, [plan]);
  const check = useQuery(
    trpc.rollouts.check.queryOptions(
      { plan: jsonOf(rested), rollout },
      { trpc: posted, placeholderData: keepPreviousData },
    ),
  );
  const findings = check.data?.findings ?? [];
  return {
    /** The answer is about this very plan. */
    current: rested === plan && check.isSuccess && !check.isPlaceholderData,
    error: check.error,
    /** Nothing was told yet. */
    isPending: check.isPending,
    findings,
    /** With all that was left out at its usual value; undefined where the plan is not well formed. */
    plan: check.data?.plan,
    foreseen: check.data?.foreseen,
    acceptable: check.data?.plan !== undefined && findings.every(({ severity }) => severity !== "error"),
  };
}

export type PlanCheck = ReturnType<typeof usePlanCheck>;

type Json = ReturnType<typeof JSON.parse>;

/** A plan is plain data; as JSON it has no member that is undefined. */
export function jsonOf(plan: PlanDraft): Json {
  return JSON.parse(JSON.stringify(plan));
}
