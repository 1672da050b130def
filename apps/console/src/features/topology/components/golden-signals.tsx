import type { inferRouterOutputs } from "@trpc/server";
import type { Window } from "@weir/domain";
import { healthOf } from "@weir/graph";
import type { Changes } from "../../../server/changes/list.ts";
import type { AppRouter } from "../../../server/router.ts";
import {
  briefRate,
  briefSeconds,
  formatRate,
  formatSeconds,
  formatShare,
} from "../../../ui/format/numbers.ts";
import { type Series, SeriesChart } from "../../../ui/series-chart.tsx";
import { Stat } from "../../../ui/stat.tsx";
import { ChangeTicks } from "../../changes/index.ts";
import { quantileDashes } from "../../heatmap/index.ts";
import { healthText } from "./health-glyph.tsx";

export type Signals = inferRouterOutputs<AppRouter>["topology"]["ofNode"];

interface GoldenSignalsProps {
  readonly signals: Signals;
  /** Drawn on the time axes. */
  readonly changes?: Changes | undefined;
}

/** Rate, errors and latency of a window, as numbers and over time. */
export function GoldenSignals({ signals, changes }: GoldenSignalsProps) {
  const { slots, whole } = signals;
  const moments = slots.map((slot) => slot.atMs + (slot.seconds * 1_000) / 2);
  const marksOf = (of: string) => (axis: Window) => <ChangeTicks changes={changes} axis={axis} of={of} />;
  const { requests, errors } = whole;
  const latency = (["p50", "p95", "p99"] as const).map(
    (quantile, index): Series => ({
      name: quantile,
      color: `var(--series-${[3, 1, 2][index]})`,
      dash: quantileDashes[quantile].join(" "),
      values: slots.map((slot) => slot[quantile]),
    }),
  );
  return (
    <div className="flex flex-col gap-4">
      <dl className="grid grid-cols-5 gap-x-2">
        <Stat label="Rate" value={briefRate(requests / whole.seconds)} />
        <Stat
          label="Errors"
          value={requests > 0 ? formatShare(errors / requests) : "–"}
          {...(errors > 0 ? { tone: healthText[healthOf(whole)] } : {})}
        />
        <Stat label="p50" value={briefSeconds(whole.p50)} />
        <Stat label="p95" value={briefSeconds(whole.p95)} />
        <Stat label="p99" value={briefSeconds(whole.p99)} />
      </dl>
      <SeriesChart
        title="Requests"
        momentsMs={moments}
        marks={marksOf("requests")}
        filled
        format={formatRate}
        series={[
          {
            name: "rate",
            color: "var(--series-1)",
            values: slots.map((s) => (s.seconds > 0 ? s.requests / s.seconds : undefined)),
          },
        ]}
      />
      <SeriesChart
        title="Errors"
        momentsMs={moments}
        marks={marksOf("errors")}
        filled
        atLeast={0.01}
        format={formatShare}
        series={[
          {
            name: "errors",
            color: "var(--failing)",
            values: slots.map((s) => (s.requests > 0 ? s.errors / s.requests : undefined)),
          },
        ]}
      />
      <SeriesChart
        title="Latency"
        momentsMs={moments}
        marks={marksOf("latency")}
        format={formatSeconds}
        series={latency}
      />
    </div>
  );
}
