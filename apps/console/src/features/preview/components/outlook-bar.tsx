import type { CountRange } from "@weir/domain";
import type { EffectCount } from "../../../server/preview/observed-schemas.ts";
import { previewGroups } from "../view-model/effect-words.ts";
import { groupRange } from "../view-model/outlook-rows.ts";
import { mostOf } from "../view-model/range-words.ts";
import { groupFill } from "./effect-glyph.tsx";

interface OutlookBarProps {
  readonly effects: readonly (CountRange & Pick<EffectCount, "effect">)[];
  /** Of so many requests. */
  readonly all: number;
}

/** All requests as one bar, by what would have become of them. Says nothing that the words beside it do not say. */
export function OutlookBar({ effects, all }: OutlookBarProps) {
  const told = previewGroups.map((group) => ({ group, count: mostOf(groupRange(effects, group)) }));
  const changed = told.reduce((sum, { count }) => sum + count, 0);
  const parts = told
    .map(({ group, count }) => ({ group, count: group === "unchanged" ? all - changed : count }))
    .filter(({ count }) => count > 0);
  return (
    <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-sm bg-sunken">
      {parts.map(({ group, count }) => (
        <span key={group} className={groupFill[group]} style={{ flexGrow: count, flexBasis: 0 }} />
      ))}
    </div>
  );
}
