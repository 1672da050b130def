"use client";

import { useLastingError } from "../../../client/use-lasting-error.ts";
import type { ObservedEffect } from "../../../server/preview/observed-schemas.ts";
import { plural } from "../../../ui/format/numbers.ts";
import { useObservedEffect } from "../../preview/hooks/use-observed-effect.ts";
import { fateWords } from "../../preview/view-model/fate-words.ts";
import { judgedRequests, totals } from "../../preview/view-model/outlook-rows.ts";
import { OutlookFrame } from "./outlook-frame.tsx";

/** Says what the map's lines mean while they tell what enforcing every policy would do, and leads to the whole of it. */
export function OutlookStrip() {
  const effect = useObservedEffect({ scope: "mesh" });
  const error = useLastingError(effect);
  return (
    <OutlookFrame
      title="If every policy were enforced"
      way={{ to: "/preview?by=callers", words: "As a table" }}
    >
      {effect.data ? <Told effect={effect.data} /> : error ? "This cannot be read now." : "Reading…"}
    </OutlookFrame>
  );
}

function Told({ effect: { edges, policies } }: { effect: ObservedEffect }) {
  if (policies.length === 0) return "there is no policy yet.";
  if (edges.length === 0) return "no request of this window would have fared otherwise.";
  const { refused, touched } = totals({ edges });
  const judged = plural(judgedRequests({ edges, policies }), "request");
  return `of ${judged} that policies judged while they observed ${fateWords(refused, touched)}`;
}
