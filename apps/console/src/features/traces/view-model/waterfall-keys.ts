import type { WaterfallRow } from "./waterfall-rows.ts";

/** What a key asks of the waterfall. */
export type WaterfallAction =
  | { readonly type: "select"; readonly key: string }
  | { readonly type: "collapse"; readonly key: string }
  | { readonly type: "expand"; readonly key: string }
  | { readonly type: "open"; readonly key: string }
  | { readonly type: "close" }
  | { readonly type: "search" }
  | { readonly type: "match"; readonly step: 1 | -1 }
  /** To the next or previous span that failed. */
  | { readonly type: "error"; readonly step: 1 | -1 }
  | { readonly type: "collapse-all" }
  | { readonly type: "expand-all" }
  /** So many levels of the tree in sight, counted from 1; one less or more. */
  | { readonly type: "levels"; readonly levels: number }
  | { readonly type: "step-levels"; readonly step: 1 | -1 }
  /** Of the time that is shown: by how much narrower; by a part of itself; all of it. */
  | { readonly type: "zoom"; readonly factor: number }
  | { readonly type: "pan"; readonly step: 1 | -1 }
  | { readonly type: "whole" }
  | { readonly type: "scroll"; readonly step: 1 | -1 };

/** Keys that mean the same wherever the reader stands, as Jaeger's have them. */
const everywhere: Readonly<Record<string, WaterfallAction>> = {
  "/": { type: "search" },
  Escape: { type: "close" },
  n: { type: "match", step: 1 },
  N: { type: "match", step: -1 },
  e: { type: "error", step: 1 },
  E: { type: "error", step: -1 },
  "[": { type: "collapse-all" },
  "]": { type: "expand-all" },
  o: { type: "step-levels", step: -1 },
  p: { type: "step-levels", step: 1 },
  "+": { type: "zoom", factor: 2 },
  "=": { type: "zoom", factor: 2 },
  "-": { type: "zoom", factor: 0.5 },
  "0": { type: "whole" },
  a: { type: "pan", step: -1 },
  d: { type: "pan", step: 1 },
  w: { type: "scroll", step: -1 },
  s: { type: "scroll", step: 1 },
};

const page = 10;

/**
 * The tree keys of the ARIA authoring practices (treegrid), with j / k and f / b beside the arrows, / for search,
 * n / N for the next and the previous match, e / E for failed spans, [ and ] for the whole tree, 1 to 9, o and p for
 * its levels, + - 0 a d for the time shown, w / s to scroll. Undefined for a key that means nothing here.
 */
export function waterfallKey(
  key: string,
  rows: readonly WaterfallRow[],
  selected: string | undefined,
): WaterfallAction | undefined {
  if (Object.hasOwn(everywhere, key)) return everywhere[key];
  if (/^[1-9]$/.test(key)) return { type: "levels", levels: Number(key) };
  const at = rows.findIndex((row) => row.key === selected);
  const row = rows[at];
  const select = (index: number): WaterfallAction | undefined => {
    const target = rows[Math.max(0, Math.min(rows.length - 1, index))];
    return target && target.key !== selected ? { type: "select", key: target.key } : undefined;
  };
  switch (key) {
    case "ArrowDown":
    case "j":
    case "f":
      return select(at + 1);
    case "ArrowUp":
    case "k":
    case "b":
      return select(at < 0 ? 0 : at - 1);
    case "PageDown":
      return select(at + page);
    case "PageUp":
      return select(at - page);
    case "Home":
      return select(0);
    case "End":
      return select(rows.length - 1);
  }
  if (!row) return undefined;
  switch (key) {
    case "Enter":
    case " ":
      return { type: "open", key: row.key };
    case "ArrowRight":
      if (!row.expandable) return undefined;
      return row.expanded ? select(at + 1) : { type: "expand", key: row.key };
    case "ArrowLeft":
      if (row.expanded) return { type: "collapse", key: row.key };
      return row.node.parent ? { type: "select", key: row.node.parent.key } : undefined;
  }
  return undefined;
}
