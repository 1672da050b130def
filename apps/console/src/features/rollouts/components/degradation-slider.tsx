"use client";

import { Segments } from "../../../ui/segments.tsx";
import { Slider } from "../../../ui/slider.tsx";
import { placeOf, type Stops, stopWords } from "../view-model/replay-stops.ts";

interface DegradationSliderProps {
  readonly stops: Stops;
  /** As it stands in the address. */
  readonly value: string;
  onChange(value: string): void;
}

/** How much worse the canary is taken to be, by drag or keys, one way or the other. */
export function DegradationSlider({ stops, value, onChange }: DegradationSliderProps) {
  const { way, at } = placeOf(stops, value);
  const words = stopWords(stops, value);
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center gap-x-2">
        <span className="grow">
          {stops.name} <strong className="font-mono font-semibold">{words}</strong>
        </span>
        <Segments
          label={`${stops.name}, in which way`}
          value={way.way}
          onChange={(next) => {
            const chosen = stops.ways.find((one) => one.way === next);
            const stop = chosen?.stops[Math.min(at, chosen.stops.length - 1)];
            if (stop !== undefined) onChange(stop);
          }}
          options={stops.ways.map((one) => ({ value: one.way, label: one.label }))}
        />
      </div>
      <Slider
        label={stops.name}
        valueText={words}
        min={0}
        max={way.stops.length - 1}
        value={at}
        onChange={(next) => onChange(way.stops[next] ?? value)}
      />
    </div>
  );
}
