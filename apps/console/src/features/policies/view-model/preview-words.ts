import type { PreviewBound } from "@weir/domain";
import type { PreviewEvent } from "../../../server/api/preview.ts";
import type { PreviewedVerdict } from "../../../server/preview/preview-schemas.ts";
import { formatCount, formatShare, plural } from "../../../ui/format/numbers.ts";
import { effectWords, type PreviewGroup } from "../../preview/view-model/effect-words.ts";

const bounds: Readonly<Record<PreviewBound, string>> = {
  exact: "",
  byChance: "about",
  about: "about",
  atLeast: "at least",
  atMost: "at most",
};

export function groupOf({ effect }: Pick<PreviewedVerdict, "effect">): PreviewGroup {
  return effectWords[effect].group;
}

/** `at most 5 would time out`. */
export function verdictWords({
  effect,
  bound,
  requests,
}: Pick<PreviewedVerdict, "effect" | "bound" | "requests">): string {
  return [bounds[bound], formatCount(requests), effectWords[effect].words]
    .filter((word) => word !== "")
    .join(" ");
}

/** Requests of each group. */
export function countGroups(verdicts: readonly PreviewedVerdict[]): Record<PreviewGroup, number> {
  const counts = { refused: 0, changed: 0, uncertain: 0, unchanged: 0 };
  for (const verdict of verdicts) counts[groupOf(verdict)] += verdict.requests;
  return counts;
}

/** Of 0 to 1: how much of the window has been replayed. */
export function coverageOf({ window, coveredToMs }: Pick<PreviewEvent, "window" | "coveredToMs">): number {
  return Math.min(1, (coveredToMs - window.fromMs) / (window.toMs - window.fromMs));
}

/** Logged of counted requests below this share are told as a sample: the two are never counted at the same moment. */
const nearlyAll = 0.98;

/** Of 0 to 1: how many of the requests that sidecars counted were logged; undefined: all but a few, or nobody counted. */
export function loggedShareOf({
  requests,
  counted,
}: Pick<PreviewEvent, "requests" | "counted">): number | undefined {
  return counted !== undefined && requests < counted * nearlyAll ? requests / counted : undefined;
}

/** What the numbers of a finished preview rest on, and what they leave out. */
export function evidenceOf(preview: PreviewEvent): string[] {
  const { policy: kind, requests, counted, sidecars, callers } = preview;
  const coverage = coverageOf(preview);
  const bounded = new Set(callers.flatMap(({ verdicts }) => verdicts.map(({ bound }) => bound)));
  const loggedShare = loggedShareOf(preview);
  const isSample = loggedShare !== undefined;
  return [
    coverage < 1 &&
      `Covers the first ${formatShare(coverage)} of the window: the time was up. A shorter window is covered whole.`,
    isSample &&
      `Rests on ${formatCount(requests)} of ${plural(counted ?? 0, "request")} (${formatShare(loggedShare)}): the others were not logged. Shares stand for all, counts do not.`,
    isSample && kind === "rateLimit" && "What was not logged takes no tokens here: more would be limited.",
    bounded.has("about") &&
      kind === "rateLimit" &&
      `Tokens are taken as if sidecars of one version shared its requests in turn (${plural(sidecars, "sidecar")} now); logs do not say which one a request met.`,
    bounded.has("byChance") &&
      "Chance is spread evenly: so many are to be expected, which ones is not foretold.",
    bounded.has("atMost") &&
      "Durations are stored from a request's first byte, timeouts run from its last: so at most as many time out.",
    bounded.has("atLeast") && "Of retries the log tells the first only: at least as many would follow.",
    "Judged as the only policy, enforced, by the rules of the sidecars themselves.",
  ].filter((words) => words !== false);
}
