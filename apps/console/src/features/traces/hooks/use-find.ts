"use client";

import { parseAsBoolean, parseAsString, useQueryState } from "nuqs";
import { useDeferredValue, useMemo } from "react";
import { findSpans } from "../view-model/find/find-spans.ts";
import { spanTerms } from "../view-model/find/span-terms.ts";
import type { SpanTree } from "../view-model/span-tree.ts";
import { withAncestors } from "../view-model/waterfall-rows.ts";
import { useHeldSpans } from "./use-held-spans.ts";

/**
 * The search in a trace, as the address says it: `?find=` its text, `?only=` leaves out what it does not find, but for
 * what stands above a match.
 */
export function useFind(traceId: string, tree: SpanTree) {
  const [find, setFind] = useQueryState("find", parseAsString.withDefault(""));
  const [only, setOnly] = useQueryState("only", parseAsBoolean.withDefault(false));
  const sought = useDeferredValue(find);
  const { terms, problems } = useMemo(() => spanTerms(sought), [sought]);
  const { named, ...asking } = useHeldSpans(traceId, tree.nodes.size, terms);
  const matches = useMemo(() => findSpans(tree, terms, named), [tree, terms, named]);
  const matching = useMemo(() => new Set(matches), [matches]);
  const leading = useMemo(() => withAncestors(tree, matches), [tree, matches]);
  return {
    ...{ find, only, matches, matching },
    /** The matches and what stands above them. */
    leading,
    /** All that is to be shown, where not all is. */
    kept: only && terms.length > 0 ? leading : undefined,
    /** What is wrong with the text, and where; the first of it. */
    fault: problems[0],
    /** Whether the server is still asked for attributes and texts, or could not answer. */
    asking,
    setFind: (text: string) => void setFind(text || null),
    setOnly: (next: boolean) => void setOnly(next || null),
  };
}
