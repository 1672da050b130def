import type { CountRange } from "@weir/domain";
import type { EdgeOutlook } from "../../../server/preview/observed-schemas.ts";
import type { DraftPreview, PreviewedVerdict } from "../../../server/preview/preview-schemas.ts";
import { groupRange, sumRange } from "./outlook-rows.ts";

/** A draft's preview in the shape of observed outlooks: an edge for each caller for whom something may change. */
export function draftEdges({ service, callers }: Pick<DraftPreview, "service" | "callers">): EdgeOutlook[] {
  return callers.flatMap(({ requests, verdicts, ...source }) => {
    const told = verdicts.filter(({ effect }) => effect !== "unchanged");
    if (told.length === 0) return [];
    const effects = Array.from(
      Map.groupBy(told, ({ effect }) => effect),
      ([effect, own]) => ({ effect, ...sumRange(own.map(rangeOf)) }),
    );
    return {
      source: { namespace: source.namespace, service: source.service },
      destination: { namespace: service.namespace, service: service.name },
      ...{ requests, effects, refused: groupRange(effects, "refused"), touched: sumRange(effects) },
    };
  });
}

/** What is to be expected counts as said; what nobody can say may be none of them or all. */
function rangeOf({ effect, bound, requests }: PreviewedVerdict): CountRange {
  if (effect === "uncertain") return { atLeast: 0, atMost: requests };
  switch (bound) {
    case "exact":
    case "byChance":
    case "about":
      return { atLeast: requests, atMost: requests };
    case "atLeast":
      return { atLeast: requests };
    case "atMost":
      return { atLeast: 0, atMost: requests };
  }
}
