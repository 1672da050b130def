import { findingOf, notStorable } from "@weir/domain";
import type { PlacedFinding } from "./placed-finding.ts";

const most = 10;

/**
 * The characters of a text that the database cannot keep, a zero byte or half of a surrogate pair, each at its place; ten at
 * most. Needs no parser, so that a page can ask before it sends the text anywhere.
 */
export function unstorableFindings(text: string): PlacedFinding[] {
  const places = text.matchAll(/\0|\p{Surrogate}/gu).take(most);
  return [...places].map(({ index: from }) => {
    const before = text.slice(0, from);
    return {
      ...findingOf("not-storable", "", notStorable),
      ...{ from, to: from + 1, line: before.split("\n").length, column: from - before.lastIndexOf("\n") },
    };
  });
}
