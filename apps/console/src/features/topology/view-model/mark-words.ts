import type { MapMark, MarkKind } from "../../../server/topology/map-marks.ts";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { formatShare, plural } from "../../../ui/format/numbers.ts";

/** What a mark is called in the legend and in the find language. */
export const markNames: Readonly<Record<MarkKind, string>> = {
  canary: "canary",
  mirror: "mirror",
  fault: "fault",
  retry: "retries",
  timeout: "timeout",
  breaker: "breaker",
  limit: "rate limit",
  denied: "refused",
};

const done: Readonly<Record<MarkKind, string>> = {
  canary: "sent to a canary",
  mirror: "mirrored",
  fault: "given a fault",
  retry: "tried again",
  timeout: "cut off by a timeout",
  breaker: "stopped by a breaker",
  limit: "over a rate limit",
  denied: "refused by an access rule",
};

/** A mark in words: of `requests` those that it changed, or would have; the share is told where the whole is known. */
export function markWords({ amplification, chain, ...mark }: MapMark, whole?: number): string {
  const words = plainWords(mark, whole);
  if (amplification === undefined) return words;
  const further = chain === undefined ? "" : `, ${timesText(chain)} along the chain of calls up to here`;
  return `${words}: ${timesText(amplification)} the requests arrive${further}`;
}

/** `×1.3`. */
export function timesText(times: number): string {
  return `×${times.toFixed(times < 10 ? 1 : 0)}`;
}

function plainWords({ kind, acts, requests }: MapMark, whole?: number): string {
  if (requests === undefined) return `${markNames[kind]} ${acts ? "enforced" : "observed only"}`;
  const share = whole ? ` (${formatShare(Math.min(1, requests / whole))})` : "";
  return `${plural(requests, "request")}${share} ${acts ? "" : "would have been "}${done[kind]}`;
}

/** Which kinds there are on a map, each once, in their order. */
export function kindsOn({ nodes, edges }: MapView): MarkKind[] {
  const found = new Set([...nodes, ...edges].flatMap(({ marks = [] }) => marks.map(({ kind }) => kind)));
  return (Object.keys(markNames) as MarkKind[]).filter((kind) => found.has(kind));
}
