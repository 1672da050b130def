import type { WaterfallRow } from "./waterfall-rows.ts";

/** What a key asks of the waterfall. */
export type WaterfallAction =
  | { readonly type: "select"; readonly key: string }
  | { readonly type: "collapse"; readonly key: string }
  | { readonly type: "expand"; readonly key: string }
  | { readonly type: "open"; readonly key: string }
  | { readonly type: "close" }
  | { readonly type: "search" }
  | { readonly type: "match"; readonly step: 1 | -1 };

const page = 10;

/**
 * The tree keys of the ARIA authoring practices (treegrid), with j / k beside the arrows, / for search and
 * n / N for the next and the previous match. Undefined for a key that means nothing here.
 */
export function waterfallKey(
  key: string,
  rows: readonly WaterfallRow[],
  selected: string | undefined,
): WaterfallAction | undefined {
  switch (key) {
    case "/":
      return { type: "search" };
    case "Escape":
      return { type: "close" };
    case "n":
      return { type: "match", step: 1 };
    case "N":
      return { type: "match", step: -1 };
  }
  const at = rows.findIndex((row) => row.key === selected);
  const row = rows[at];
  const select = (index: number): WaterfallAction | undefined => {
    const target = rows[Math.max(0, Math.min(rows.length - 1, index))];
    return target && target.key !== selected ? { type: "select", key: target.key } : undefined;
  };
  switch (key) {
    case "ArrowDown":
    case "j":
      return select(at + 1);
    case "ArrowUp":
    case "k":
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
