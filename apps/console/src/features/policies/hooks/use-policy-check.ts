"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { unstorableFindings } from "@weir/policy-text/unstorable-findings";
import { useEffect, useMemo, useState } from "react";
import { posted } from "../../../client/make-clients.ts";
import { useTRPC } from "../../../client/trpc.ts";
import type { CheckedDraft } from "../../../server/policies/check.ts";
import type { ShownRevision } from "../view-model/shown-revisions.ts";

/** ms without a key pressed. */
const restMs = 250;

const none: ShownRevision[] = [];
const noDrafts: CheckedDraft[] = [];

/**
 * What is wrong or odd in a text, judged by the server each time the writing rests. @param shown what was in force when it was
 * begun to be shown; another one since makes a policy stale.
 */
export function usePolicyCheck(text: string, shown: ShownRevision[] = none) {
  const trpc = useTRPC();
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  // Nothing is sent that the server would not take in.
  const unstorable = useMemo(() => unstorableFindings(rested), [rested]);
  const check = useQuery(
    trpc.policies.check.queryOptions(
      { text: rested, shown },
      { trpc: posted, placeholderData: keepPreviousData, enabled: unstorable.length === 0 },
    ),
  );
  const drafts = unstorable.length > 0 ? noDrafts : (check.data ?? noDrafts);
  const findings = [...unstorable, ...drafts.flatMap((draft) => draft.findings)];
  return {
    /** The answer is about this very text. */
    current: rested === text && (unstorable.length > 0 || (check.isSuccess && !check.isPlaceholderData)),
    error: unstorable.length > 0 ? null : check.error,
    drafts,
    findings,
    acceptable: drafts.length > 0 && findings.every(({ severity }) => severity !== "error"),
  };
}

export type PolicyCheck = ReturnType<typeof usePolicyCheck>;
