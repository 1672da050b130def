import { formatCount, formatRate, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import type { Difference, DifferenceKind } from "./compare-maps.ts";

export const kindWords: Readonly<Record<DifferenceKind, string>> = {
  failing: "More errors",
  slower: "Slower",
  new: "New",
  gone: "Gone",
  busier: "Busier",
  quieter: "Quieter",
  faster: "Faster",
  recovered: "Fewer errors",
};

/** What it was and what it is: `p95 20 ms → 61 ms`. */
export function differenceWords({ kind, edge, before }: Difference): string {
  if (kind === "new") return `${formatCount(edge.requests)} requests, none before`;
  if (kind === "gone") return `${formatCount(edge.requests)} requests before, none now`;
  if (kind === "failing" || kind === "recovered")
    return `errors ${formatShare(before?.errorShare)} → ${formatShare(edge.errorShare)}`;
  if (kind === "busier" || kind === "quieter") return `${formatRate(before?.rps)} → ${formatRate(edge.rps)}`;
  return `p95 ${formatSeconds(before?.p95)} → ${formatSeconds(edge.p95)}`;
}
