import type { PreviewEvent } from "../../../server/api/preview.ts";
import type { EdgeOutlook } from "../../../server/preview/observed-schemas.ts";
import { formatShare, plural } from "../../../ui/format/numbers.ts";
import { fateWords } from "../../preview/view-model/fate-words.ts";
import { sumRange } from "../../preview/view-model/outlook-rows.ts";
import { rangeWords } from "../../preview/view-model/range-words.ts";
import { countGroups, coverageOf, loggedShareOf } from "./preview-words.ts";

/**
 * A draft's preview in a few sentences: what would have become of how many, and what the map does not show of it.
 *
 * @param window in words, such as `last 15 minutes`
 */
export function draftWords(preview: PreviewEvent, edges: readonly EdgeOutlook[], window: string): string {
  const { callers, others, requests, service } = preview;
  const verdicts = callers.flatMap((caller) => caller.verdicts);
  const { uncertain } = countGroups(verdicts);
  const about = verdicts.some(({ bound }) => bound === "about" || bound === "byChance") ? "about " : "";
  const coverage = coverageOf(preview);
  const loggedShare = loggedShareOf(preview);
  const fate = fateWords(
    sumRange(edges.map(({ refused }) => refused)),
    sumRange(edges.map(({ touched }) => touched)),
    (range) => (range.atLeast === 0 ? rangeWords(range) : `${about}${rangeWords(range)}`),
  );
  return [
    `of ${plural(requests, "logged request")} to ${service.name} of the ${window} ${fate}`,
    uncertain > 0 && `of ${plural(uncertain, "request")} the log does not say enough`,
    others.callers > 0 &&
      `${plural(others.callers, "more caller")} with ${plural(others.requests, "request")} are not drawn`,
    loggedShare !== undefined && `${formatShare(loggedShare)} of its requests were logged`,
    coverage < 1 && `the first ${formatShare(coverage)} of the window was replayed`,
  ]
    .filter((words) => words !== false)
    .join("; ");
}

/** What became of a draft that was on the map, and what its lines say instead. */
export function endedDraftWords(saved: { readonly revision: number } | undefined): string {
  return saved
    ? `was saved as revision ${saved.revision}: what it does, or would do, is counted from now on. The lines tell the traffic.`
    : "was discarded. The lines tell the traffic.";
}
