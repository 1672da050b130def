import type { CountRange } from "@weir/domain";
import type { EffectCount } from "../../../server/preview/observed-schemas.ts";
import { effectWords } from "../view-model/effect-words.ts";
import { rangeWords } from "../view-model/range-words.ts";
import { EffectGlyph } from "./effect-glyph.tsx";

interface EffectListProps {
  readonly effects: readonly (CountRange &
    Pick<EffectCount, "effect"> &
    Partial<Pick<EffectCount, "verdict">>)[];
  readonly label: string;
}

/** What would have become of requests, each effect a few words: `12 denied · at most 3 timed out`. */
export function EffectList({ effects, label }: EffectListProps) {
  return (
    <ul aria-label={label} className="flex flex-wrap gap-x-3 gap-y-0.5 text-xs">
      {effects.map(({ effect, verdict, ...range }) => (
        <li
          key={`${effect} ${verdict}`}
          className="flex items-center gap-1 whitespace-nowrap"
          title={verdict}
        >
          <EffectGlyph group={effectWords[effect].group} />
          {rangeWords(range)} {effectWords[effect].brief}
        </li>
      ))}
    </ul>
  );
}
