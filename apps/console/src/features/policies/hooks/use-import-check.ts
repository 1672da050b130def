import { useState } from "react";
import { type ShownRevision, shownKey, shownRevisions } from "../view-model/shown-revisions.ts";
import { usePolicyCheck } from "./use-policy-check.ts";

/**
 * What is to say about a file before it is written. What was in force when it was first shown is kept: whatever is put in force
 * since makes a policy of the file stale, with both versions to see, until somebody says that it is to be written over.
 */
export function useImportCheck(text: string) {
  const [first, setFirst] = useState<ShownRevision[]>();
  const [moved, setMoved] = useState(false);
  const [overKey, setOverKey] = useState<string>();
  const check = usePolicyCheck(text, moved ? first : undefined);
  const now = shownRevisions(check.drafts);
  const key = shownKey(now);
  if (check.current && !first) setFirst(now);
  if (check.current && first && !moved && shownKey(first) !== key) setMoved(true);
  const stale = check.drafts.flatMap((draft) => draft.stale ?? []);
  const over = overKey === key;
  return {
    check,
    stale,
    /** Agreed for these very revisions: another one in force is to be looked at anew. */
    over,
    setOver: (agreed: boolean) => setOverKey(agreed ? key : undefined),
    possible: check.current && check.acceptable && (stale.length === 0 || over),
    /** What the change is based on. */
    shown: over ? now : (first ?? now),
  };
}
