"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type EndedDraft, endDraftOnMap } from "../../preview/hooks/use-ended-draft.ts";
import { keptReplay } from "./use-draft-preview.ts";
import { useKept } from "./use-kept.ts";

interface Begun {
  readonly text: string;
  /** In force when the draft was begun; 0: there was none. */
  readonly revision: number;
}

interface Draft {
  readonly text: string;
  readonly begunFrom: Begun;
}

/**
 * The draft of a policy beside the live one. It follows the live one until it is touched; from then on it is kept, and
 * `outdated` says that somebody else was faster. Who goes to another page, such as the map, and comes back finds it as
 * it was; only saving it, discarding it or loading the page anew ends it, with its replay, here and on the map.
 *
 * @param page where it is written: each has a draft of its own
 */
export function usePolicyDraft(live: Begun, page: string) {
  const kept = useKept<Draft>("policy-draft", page);
  const replay = useKept<unknown>(keptReplay, page);
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => {
    const found = kept.read();
    // What was saved while one looked elsewhere is no draft any more.
    return found && found.text !== live.text ? found : { text: live.text, begunFrom: live };
  });
  const touched = draft.text !== draft.begunFrom.text;
  // During render, not in an effect: a page that shows a draft of what is no longer live would be wrong for a moment.
  if (!touched && draft.begunFrom.revision !== live.revision) setDraft({ text: live.text, begunFrom: live });
  useEffect(() => (touched ? kept.write(draft) : kept.drop()), [kept, draft, touched]);
  const end = (saved: EndedDraft["saved"]) => {
    setDraft({ text: live.text, begunFrom: live });
    replay.drop();
    endDraftOnMap(client, page, saved);
  };
  return {
    text: draft.text,
    begunFrom: draft.begunFrom,
    touched,
    outdated: touched && draft.begunFrom.revision !== live.revision,
    write: (text: string) => setDraft((now) => ({ ...now, text })),
    discard: () => end(undefined),
    /** It is what is live from now on. */
    saved: (as: NonNullable<EndedDraft["saved"]>) => end(as),
    /** Keeps what was written, as a change of what is live now. */
    rebase: () => setDraft((now) => ({ ...now, begunFrom: live })),
  };
}

export type PolicyDraft = ReturnType<typeof usePolicyDraft>;
