import { scaleLinear } from "d3-scale";
import { formatNs } from "../../../ui/format/numbers.ts";

/** Where round times stand along a trace, 0 to 1, without the last stretch, whose label would not fit. */
export function axisTicks(totalNs: number, count: number): { readonly at: number; readonly ns: number }[] {
  if (totalNs <= 0) return [];
  const ticks = scaleLinear().domain([0, totalNs]).ticks(count);
  return ticks.map((ns) => ({ at: ns / totalNs, ns })).filter((tick) => tick.at < 0.95);
}

/** Times since the trace began, above the bars. */
export function TimeAxis({ ticks }: { ticks: ReturnType<typeof axisTicks> }) {
  return (
    <div className="relative mx-3 h-full text-[0.6875rem] text-faint max-sm:row-span-2">
      {ticks.map(({ at, ns }) => (
        <span
          key={ns}
          className="absolute inset-y-0 flex items-center border-line border-l pl-1 font-mono"
          style={{ left: `${at * 100}%` }}
        >
          {ns === 0 ? "0" : formatNs(ns)}
        </span>
      ))}
    </div>
  );
}
