import { ticks } from "d3-array";
import { formatNs } from "../../../ui/format/numbers.ts";
import type { TimeView } from "../view-model/time-view.ts";

/** Where round times since the trace began stand in the view, 0 to 1, without the last stretch, whose label would not fit. */
export function axisTicks({ fromNs, toNs }: TimeView, startNs: number, count: number) {
  const total = toNs - fromNs;
  if (total <= 0) return [];
  const times = ticks(fromNs - startNs, toNs - startNs, count);
  return times.map((ns) => ({ at: (ns + startNs - fromNs) / total, ns })).filter((tick) => tick.at < 0.95);
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

/** The same times as lines behind the bars, once for all rows. */
export function TimeLines({ ticks }: { ticks: ReturnType<typeof axisTicks> }) {
  return (
    <div className="relative mx-3 sm:col-start-2">
      {ticks.map(({ at, ns }) => (
        <span key={ns} className="absolute inset-y-0 border-line border-l" style={{ left: `${at * 100}%` }} />
      ))}
    </div>
  );
}
