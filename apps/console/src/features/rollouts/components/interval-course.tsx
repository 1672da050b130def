import type { CoursePoint } from "@weir/store";
import { area, curveStepAfter, line } from "d3-shape";
import type { Changes } from "../../../server/changes/list.ts";
import { classes } from "../../../ui/classes.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { ChangeTicks } from "../../changes/index.ts";
import { pointsText } from "../view-model/check-words.ts";
import { intervalScale } from "../view-model/interval-scale.ts";

const [width, height] = [600, 110];

interface IntervalCourseProps {
  /** Drawn on its axis of time; absent where nothing is asked about them. */
  readonly changes?: Changes | undefined;
  /** Of one check, in the order of time. */
  readonly points: readonly CoursePoint[];
  readonly margin: number;
}

/** The interval over time: it narrows as requests come, until it lies on one side of what it is asked about. */
export function IntervalCourse({ points, margin, changes }: IntervalCourseProps) {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || first === last)
    return <p className="text-muted text-xs">Its course is drawn once there are two looks.</p>;
  const newest = points.slice(Math.floor(points.length / 2));
  const { at, reach } = intervalScale(
    margin,
    newest.flatMap(({ low, high }) => [low, high]),
  );
  const x = (atMs: number) => ((atMs - first.atMs) / (last.atMs - first.atMs)) * width;
  const y = (difference: number) => height * (1 - at(difference));
  const band = area<CoursePoint>()
    .x((point) => x(point.atMs))
    .y0((point) => y(point.low))
    .y1((point) => y(point.high))
    .curve(curveStepAfter);
  const seen = line<CoursePoint>()
    .defined(({ canary, baseline }) => canary !== undefined && baseline !== undefined)
    .x((point) => x(point.atMs))
    .y(({ canary = 0, baseline = 0 }) => y(canary - baseline));
  return (
    <figure>
      <div className={classes("relative", changes && changes.changes.length > 0 && "mb-5")}>
        <svg
          role="img"
          aria-label={`The interval over time: from ${pointsText(first.low)} to ${pointsText(first.high)} points at first, from ${pointsText(last.low)} to ${pointsText(last.high)} points now`}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className="h-28 w-full rounded-sm bg-sunken"
        >
          <rect
            x={0}
            y={y(margin)}
            width={width}
            height={height - y(margin)}
            fill="var(--ok-soft)"
            opacity={0.5}
          />
          <path d={band([...points]) ?? ""} fill="var(--accent)" opacity={0.28} />
          <path d={`M0 ${y(0)}H${width}`} stroke="var(--text)" vectorEffect="non-scaling-stroke" />
          <path
            d={`M0 ${y(margin)}H${width}`}
            stroke="var(--ok)"
            strokeDasharray="4 3"
            vectorEffect="non-scaling-stroke"
          />
          <path
            d={seen([...points]) ?? ""}
            fill="none"
            stroke="var(--accent)"
            strokeWidth={1.5}
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        <span aria-hidden className="absolute top-0.5 left-1 font-mono text-[0.625rem] text-faint">
          {pointsText(reach)} points
        </span>
        <span aria-hidden className="absolute bottom-0.5 left-1 font-mono text-[0.625rem] text-faint">
          {pointsText(-reach)}
        </span>
        <ChangeTicks changes={changes} axis={{ fromMs: first.atMs, toMs: last.atMs }} of="the interval" />
      </div>
      <figcaption className="flex justify-between font-mono text-[0.6875rem] text-faint">
        <span>{formatMoment(first.atMs, last.atMs)}</span>
        <span>{formatMoment(last.atMs, last.atMs)}</span>
      </figcaption>
    </figure>
  );
}
