import { reachable, type SpanNode, type SpanTree } from "./span-tree.ts";
import { isError, kindName, spanTitle } from "./waterfall-span.ts";

/**
 * Keys of the spans that hold every word of `text`, top to bottom as the waterfall shows them. A word is looked
 * for in service, version, operation, path and span id; `error` and the kinds (`client`) mean the mark.
 */
export function findSpans(tree: SpanTree, text: string): string[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return [...reachable(tree.roots)]
    .filter((node) => words.every((word) => holds(node, word)))
    .map((node) => node.key);
}

/** The match after (or before) the selected span, round the end; undefined when nothing matches. */
export function stepMatch(
  matches: readonly string[],
  selected: string | undefined,
  step: 1 | -1,
): string | undefined {
  const at = selected === undefined ? -1 : matches.indexOf(selected);
  if (at < 0) return step === 1 ? matches[0] : matches.at(-1);
  return matches[(at + step + matches.length) % matches.length];
}

function holds({ span }: SpanNode, word: string): boolean {
  if (word === "error") return isError(span);
  if (word === kindName(span.kind)) return true;
  const texts = [span.service, span.version, spanTitle(span), span.spanId];
  return texts.some((text) => text.toLowerCase().includes(word));
}
