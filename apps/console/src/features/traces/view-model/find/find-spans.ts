import { reachable, type SpanNode, type SpanTree } from "../span-tree.ts";
import { isError } from "../waterfall-span.ts";
import { heldKey } from "./held-spans.ts";
import type { SpanTerm } from "./span-terms.ts";

const none: ReadonlySet<string> = new Set();

/**
 * Keys of the spans that meet every term, top to bottom as the waterfall shows them; without terms, none. `held` has the
 * spans that the server named for each term, in the terms' order: undefined until it has answered.
 */
export function findSpans(
  tree: SpanTree,
  terms: readonly SpanTerm[],
  held: readonly (ReadonlySet<string> | undefined)[],
): string[] {
  if (terms.length === 0) return [];
  const tests = terms.map(({ test }, i) => {
    const named = held[i] ?? none;
    return named.size === 0 ? test : (node: SpanNode) => test(node) || named.has(heldKey(node.span));
  });
  return [...reachable(tree.roots)]
    .filter((node) => tests.every((test) => test(node)))
    .map((node) => node.key);
}

export function failedSpans(tree: SpanTree): string[] {
  return [...reachable(tree.roots)].filter(({ span }) => isError(span)).map(({ key }) => key);
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
