"use client";

import { ChevronsDownUp, ChevronsUpDown } from "lucide-react";
import { Button } from "../../../ui/button.tsx";
import { formatCount } from "../../../ui/format/numbers.ts";
import type { WaterfallState } from "../hooks/use-waterfall.ts";

/** So many can be chosen by a key, too. */
const mostOffered = 9;

/** How many levels of the tree are in sight: one, all, or any number between. */
export function LevelChoice({ state: { levels, act } }: { state: WaterfallState }) {
  const { deepest } = levels;
  const isAll = levels.levels >= deepest;
  const offered = Array.from({ length: Math.min(mostOffered, deepest - 1) }, (_, i) => i + 1);
  if (!isAll && levels.levels > mostOffered) offered.push(levels.levels);
  return (
    <span className="flex items-center">
      <Button look="quiet" size="small" onClick={() => act({ type: "collapse-all" })}>
        <ChevronsDownUp size={13} aria-hidden /> <span className="max-sm:sr-only">Collapse all</span>
      </Button>
      <select
        aria-label="Levels in sight"
        title="Keys: 1 to 9; o one less, p one more"
        value={isAll ? "all" : levels.levels}
        onChange={({ target: { value } }) =>
          act({ type: "levels", levels: value === "all" ? Number.POSITIVE_INFINITY : Number(value) })
        }
        className="h-7 rounded-md border border-line-strong bg-surface px-1 text-xs"
      >
        {offered.map((level) => (
          <option key={level} value={level}>
            {level === 1 ? "1 level" : `${formatCount(level)} levels`}
          </option>
        ))}
        <option value="all">{deepest === 1 ? "1 level" : `all ${formatCount(deepest)} levels`}</option>
      </select>
      <Button look="quiet" size="small" onClick={() => act({ type: "expand-all" })}>
        <ChevronsUpDown size={13} aria-hidden /> <span className="max-sm:sr-only">Expand all</span>
      </Button>
    </span>
  );
}
