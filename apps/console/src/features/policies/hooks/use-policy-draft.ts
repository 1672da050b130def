"use client";

import { useState } from "react";

interface Begun {
  readonly text: string;
  /** In force when the draft was begun; 0: there was none. */
  readonly revision: number;
}

/**
 * The draft of a policy beside the live one. It follows the live one until it is touched; from then on it is kept, and
 * `outdated` says that somebody else was faster.
 */
export function usePolicyDraft(live: Begun) {
  const [draft, setDraft] = useState({ text: live.text, begunFrom: live });
  const touched = draft.text !== draft.begunFrom.text;
  // During render, not in an effect: a page that shows a draft of what is no longer live would be wrong for a moment.
  if (!touched && draft.begunFrom.revision !== live.revision) setDraft({ text: live.text, begunFrom: live });
  return {
    text: draft.text,
    begunFrom: draft.begunFrom,
    touched,
    outdated: touched && draft.begunFrom.revision !== live.revision,
    write: (text: string) => setDraft((now) => ({ ...now, text })),
    reset: () => setDraft({ text: live.text, begunFrom: live }),
    /** Keeps what was written, as a change of what is live now. */
    rebase: () => setDraft((now) => ({ ...now, begunFrom: live })),
  };
}

export type PolicyDraft = ReturnType<typeof usePolicyDraft>;
