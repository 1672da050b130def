import type { Degradation } from "@weir/rollout";
import { errorsOfText, latencyOfText } from "@weir/rollout/degradation-text";

/** What a slider of the replay stops at, as it stands in the address; the first is no harm at all. */
export interface Stops {
  readonly name: string;
  /** Said of no harm, of more and of so many times: `no more`, `more`, `as often`. */
  readonly words: { readonly none: string; readonly more: string; readonly times: string };
  /** What the slider's two ways are called. */
  readonly ways: readonly Way[];
}

interface Way {
  readonly way: string;
  readonly label: string;
  readonly stops: readonly string[];
}

export const errorStops: Stops = {
  name: "Fails",
  words: { none: "no more", more: "more", times: "as often" },
  ways: [
    {
      ...{ way: "points", label: "points" },
      stops: ["+0%", "+0.1%", "+0.5%", "+1%", "+2%", "+3%", "+5%", "+10%", "+20%", "+50%", "+100%"],
    },
    {
      ...{ way: "times", label: "times" },
      stops: ["x1", "x1.5", "x2", "x3", "x5", "x10", "x20", "x50"],
    },
  ],
};

export const latencyStops: Stops = {
  name: "Takes",
  words: { none: "no longer", more: "longer", times: "as long" },
  ways: [
    {
      ...{ way: "times", label: "times" },
      stops: ["x1", "x1.1", "x1.2", "x1.5", "x2", "x3", "x5", "x10"],
    },
    {
      ...{ way: "added", label: "added" },
      stops: ["+0ms", "+5ms", "+10ms", "+20ms", "+50ms", "+100ms", "+200ms", "+500ms", "+1s", "+2s", "+5s"],
    },
  ],
};

/** The slider's way and place for a text; what is no stop stands at the nearest below. */
export function placeOf({ ways }: Stops, text: string): { way: Way; at: number } {
  const way = ways.find(({ stops }) => stops[0]?.charAt(0) === text.charAt(0)) ?? ways[0]!;
  const size = sizeOf(text);
  return {
    way,
    at: Math.max(
      0,
      way.stops.findLastIndex((stop) => sizeOf(stop) <= size),
    ),
  };
}

/** `2 points more`, `3 times as often`, `no longer`, `50 ms longer`. */
export function stopWords({ words }: Stops, text: string): string {
  if (sizeOf(text) === leastOf(text)) return words.none;
  if (text.startsWith("x")) return `${text.slice(1)} times ${words.times}`;
  return `${text
    .slice(1)
    .replace(/(ms|s|min|%)$/, " $1")
    .replace("%", "points")} ${words.more}`;
}

/** What stands in the address as a question; text that means nothing is no harm. */
export function degradationOf(errors: string, latency: string, fromStep: number): Degradation {
  const [failing, slow] = [errorsOfText(errors), latencyOfText(latency)];
  return {
    ...(failing && { errors: failing }),
    ...(slow && { latency: slow }),
    ...(fromStep > 0 && { fromStep }),
  };
}

function leastOf(text: string): number {
  return text.startsWith("x") ? 1 : 0;
}

function sizeOf(text: string): number {
  const errors = errorsOfText(text);
  if (errors !== undefined) return "points" in errors ? errors.points : errors.times;
  const latency = latencyOfText(text);
  return latency !== undefined && "addedMs" in latency ? latency.addedMs : 0;
}
