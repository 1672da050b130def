"use client";

import { draftWords, endedDraftWords } from "../../policies/view-model/draft-words.ts";
import { policyPath } from "../../policies/view-model/policy-path.ts";
import { type DraftOnMap, useDraftOnMap } from "../../preview/hooks/use-draft-on-map.ts";
import { type EndedDraft, useEndedDraft } from "../../preview/hooks/use-ended-draft.ts";
import { useWindowWords } from "../../time/index.ts";
import { OutlookFrame } from "./outlook-frame.tsx";

/** Says what the map's lines mean while they tell what a draft would have done, and leads back to it. */
export function DraftStrip() {
  const draft = useDraftOnMap();
  const ended = useEndedDraft();
  if (draft) return <Told draft={draft} />;
  if (ended) return <Ended ended={ended} />;
  return (
    <OutlookFrame
      title="If a draft were enforced"
      isEmpty
      way={{ to: "/policies", words: "To the policies" }}
    >
      No draft is kept here: drafts are of one browser tab, until it is loaded anew. Replay one on a policy's
      page to see it on the map.
    </OutlookFrame>
  );
}

function Told({ draft: { name, window, from, preview, edges } }: { draft: DraftOnMap }) {
  return (
    <OutlookFrame title={`If draft ${name} were enforced`} way={{ to: from, words: "Back to the draft" }}>
      {draftWords(preview, edges, useWindowWords(window))}
    </OutlookFrame>
  );
}

/** The lines tell the traffic again: what is saved is counted by sidecars, what is discarded would do nothing. */
function Ended({ ended: { name, saved } }: { ended: EndedDraft }) {
  return (
    <OutlookFrame
      title={`Draft ${name}`}
      isEmpty
      way={
        saved
          ? { to: policyPath(saved), words: "To the policy" }
          : { to: "/policies", words: "To the policies" }
      }
    >
      {endedDraftWords(saved)}
    </OutlookFrame>
  );
}
