import type { Finding } from "@weir/domain";
import { type Document, isCollection, isMap, isPair, type LineCounter, type Node } from "yaml";

/** A finding at the part of a text that it is about. */
export interface PlacedFinding extends Finding {
  /** Offsets in the text, in UTF-16 units; the end is behind the last. */
  readonly from: number;
  readonly to: number;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
}

export type Range = readonly [from: number, to: number];

/** Puts a finding at its path; where the path is not written down, at the nearest part around it that is. */
export function placeFinding(
  finding: Finding,
  document: Document.Parsed,
  lines: LineCounter,
  whole: Range,
): PlacedFinding {
  return placeAt(finding, rangeAt(document, pathOf(finding.path)) ?? whole, lines);
}

/** Puts a finding at a range of the text. */
export function placeAt(finding: Finding, [from, to]: Range, lines: LineCounter): PlacedFinding {
  const { line, col } = lines.linePos(from);
  return { ...finding, from, to: Math.max(from, to), line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** `rules[0].match[1].path` as its parts. */
function pathOf(text: string): (string | number)[] {
  return [...text.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([part, index]) =>
    index === undefined ? part : Number(index),
  );
}

/** Where the last part of a path stands that is there: a member by its key, an item by itself. */
function rangeAt(document: Document.Parsed, path: readonly (string | number)[]): Range | undefined {
  let node: unknown = document.contents;
  let range: Range | undefined;
  for (const part of path) {
    if (!isCollection(node)) break;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(key) === String(part));
      if (!isPair(pair)) break;
      range = rangeOf(pair.key) ?? range;
      node = pair.value;
    } else {
      node = node.get(part, true);
      range = rangeOf(node) ?? range;
    }
  }
  return range;
}

function rangeOf(node: unknown): Range | undefined {
  const range = (node as Node | undefined)?.range;
  return range ? [range[0], range[1]] : undefined;
}
