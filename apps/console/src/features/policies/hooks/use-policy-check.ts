"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { posted } from "../../../client/make-clients.ts";
import { useTRPC } from "../../../client/trpc.ts";

/** ms without a key pressed. */
const restMs = 250;

/** What is wrong or odd in a text, judged by the server each time the writing rests. */
export function usePolicyCheck(text: string) {
  const trpc = useTRPC();
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  const check = useQuery(
    trpc.policies.check.queryOptions({ text: rested }, { trpc: posted, placeholderData: keepPreviousData }),
  );
  const drafts = check.data ?? [];
  const findings = drafts.flatMap((draft) => draft.findings);
  return {
    /** The answer is about this very text. */
    current: rested === text && check.isSuccess && !check.isPlaceholderData,
    error: check.error,
    drafts,
    findings,
    acceptable: drafts.length > 0 && findings.every(({ severity }) => severity !== "error"),
  };
}

export type PolicyCheck = ReturnType<typeof usePolicyCheck>;
