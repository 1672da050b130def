"use client";

import { Slider } from "../../../ui/slider.tsx";

interface WeightSliderProps {
  readonly version: string;
  readonly weight: number;
  readonly liveWeight: number;
  readonly hue: string;
  onChange(weight: number): void;
}

/** One version's weight: drag, touch, arrows by 1, Page Up / Down by 10, Home and End, or type the number. */
export function WeightSlider({ version, weight, liveWeight, hue, onChange }: WeightSliderProps) {
  return (
    <div className="grid grid-cols-[minmax(3rem,auto)_1fr_auto] items-center gap-x-4">
      <span className="inline-flex items-center gap-1.5 font-medium">
        <span aria-hidden className="size-2.5 rounded-sm" style={{ background: hue }} />
        {version}
      </span>
      <div className="relative">
        <Slider
          value={weight}
          onChange={onChange}
          label={`Weight of ${version}`}
          valueText={`${version} takes ${weight} %`}
        />
        <LiveTick weight={liveWeight} shown={weight !== liveWeight} />
      </div>
      <label className="inline-flex items-center gap-1">
        <span className="sr-only">{version} in per cent</span>
        <input
          type="number"
          min={0}
          max={100}
          step={1}
          value={weight}
          onChange={(event) =>
            Number.isFinite(event.target.valueAsNumber) && onChange(event.target.valueAsNumber)
          }
          className="h-8 w-16 rounded-md border border-line-strong bg-surface px-2 text-right font-mono"
        />
        <span aria-hidden>%</span>
      </label>
    </div>
  );
}

/** Where the live weight stands while the draft is elsewhere. */
function LiveTick({ weight, shown }: { weight: number; shown: boolean }) {
  if (!shown) return null;
  return (
    // The thumb (20 px) stays inside the track, so the track's ends are half a thumb from its borders.
    <span
      aria-hidden
      className="pointer-events-none absolute -bottom-2 flex -translate-x-1/2 flex-col items-center text-[0.625rem] text-faint"
      style={{ left: `calc(10px + (100% - 20px) * ${weight / 100})` }}
    >
      <span className="h-2 w-px bg-faint" />
      live
    </span>
  );
}
