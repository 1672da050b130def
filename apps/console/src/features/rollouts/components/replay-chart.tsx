import type { PlanReplay, Step } from "@weir/rollout";
import { classes } from "../../../ui/classes.ts";
import { plural } from "../../../ui/format/numbers.ts";
import { type CaughtBar, type ReplayedStair, replayChart } from "../view-model/replay-chart.ts";
import { aboutSpan, spanText } from "../view-model/span-text.ts";
import { shortStep } from "../view-model/step-words.ts";

interface ReplayChartProps {
  readonly steps: readonly Step[];
  readonly replay: PlanReplay;
  /** The canary's colour. */
  readonly hue: string;
}

/** Bars stand below the tops of the steps, so that both are seen. */
const barsShare = 0.72;

/** When runs were caught, along the staircase of the plan. */
export function ReplayChart({ steps, replay, hue }: ReplayChartProps) {
  const { stairs, bars, ticks, endMs, planEndMs } = replayChart(steps, replay);
  const { caughtMs, passedMs } = replay;
  return (
    <figure className="min-w-0">
      <div className="relative mt-5 h-40 rounded-sm bg-sunken">
        <svg
          role="img"
          aria-label={labelOf(replay)}
          viewBox="0 0 100 100"
          preserveAspectRatio="none"
          className="absolute inset-0 size-full"
        >
          {stairs.map((stair) => (
            <StairShape key={stair.index} stair={stair} hue={hue} />
          ))}
          {bars.map((bar) => (
            <BarShape key={bar.fromMs} bar={bar} />
          ))}
        </svg>
        {stairs.map((stair) => (
          <span
            key={stair.index}
            aria-hidden
            className={classes(
              "absolute -top-5 truncate text-faint text-xs",
              stair.width < 0.1 && "max-sm:hidden",
            )}
            style={{ left: `${stair.left * 100}%`, maxWidth: `${stair.width * 100}%` }}
          >
            {shortStep(steps[stair.index] as Step)}
          </span>
        ))}
        {caughtMs && <Moment atMs={caughtMs.median} endMs={endMs} what="caught" tone="failing" />}
        {passedMs && <Moment atMs={passedMs.median} endMs={endMs} what="done" tone="ok" />}
      </div>
      <div aria-hidden className="relative h-5 font-mono text-[0.625rem] text-faint">
        {ticks.map(({ atMs, left }) => (
          <span
            key={atMs}
            className={left > 0.94 ? "absolute right-0" : "absolute"}
            style={left > 0.94 ? undefined : { left: `${left * 100}%` }}
          >
            {spanText(atMs)}
          </span>
        ))}
      </div>
      <figcaption className="flex flex-wrap gap-x-4 text-faint text-xs">
        <span className="inline-flex items-center gap-1.5">
          <span aria-hidden className="h-2.5 w-2.5 rounded-xs opacity-50" style={{ background: hue }} />
          the canary's share in the middle run
        </span>
        {bars.length > 0 && (
          <span className="inline-flex items-center gap-1.5">
            <span aria-hidden className="h-2.5 w-1 bg-failing" />
            runs caught, of {replay.runs}
          </span>
        )}
        {planEndMs !== undefined && <span>the plan goes on until {aboutSpan(planEndMs)}</span>}
      </figcaption>
    </figure>
  );
}

function StairShape({ stair, hue }: { stair: ReplayedStair; hue: string }) {
  const { left, width, height, way, isReached } = stair;
  return (
    <rect
      x={left * 100}
      width={width * 100}
      y={(1 - height) * 100}
      height={height * 100}
      fill={hue}
      fillOpacity={isReached && way === "weight" ? 0.28 : 0.1}
      stroke={hue}
      strokeOpacity={isReached ? 1 : 0.5}
      strokeDasharray={isReached ? undefined : "3 3"}
      vectorEffect="non-scaling-stroke"
    />
  );
}

function BarShape({ bar: { left, width, height, fromMs, toMs, runs } }: { bar: CaughtBar }) {
  return (
    <rect
      x={left * 100 + width * 10}
      width={width * 80}
      y={(1 - height * barsShare) * 100}
      height={height * barsShare * 100}
      fill="var(--failing)"
    >
      <title>{`${plural(runs, "run")} caught between ${spanText(fromMs)} and ${spanText(toMs)}`}</title>
    </rect>
  );
}

interface MomentProps {
  readonly atMs: number;
  readonly endMs: number;
  readonly what: string;
  readonly tone: "failing" | "ok";
}

/** The middle one of the runs. */
function Moment({ atMs, endMs, what, tone }: MomentProps) {
  const left = Math.min(1, atMs / endMs);
  return (
    <span
      aria-hidden
      className={`pointer-events-none absolute inset-y-0 border-l-2 border-dashed ${tone === "failing" ? "border-failing text-failing" : "border-ok text-ok"}`}
      style={{ left: `${left * 100}%` }}
    >
      <span
        className={`absolute top-1 whitespace-nowrap rounded-sm bg-surface px-1 font-medium text-xs ${left > 0.6 ? "right-1" : "left-1"}`}
      >
        {what} {spanText(atMs)}
      </span>
    </span>
  );
}

function labelOf({ caughtMs, passedMs, enteredMs }: PlanReplay): string {
  const parts = [
    caughtMs &&
      `caught after ${spanText(caughtMs.median)}, most between ${spanText(caughtMs.p10)} and ${spanText(caughtMs.p90)}`,
    passedMs && `done after ${spanText(passedMs.median)}`,
    `steps began at ${enteredMs.map(spanText).join(", ")}`,
  ];
  return `Runs over time: ${parts.filter((part) => part !== undefined).join("; ")}`;
}
