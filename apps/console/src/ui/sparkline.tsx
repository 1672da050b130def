import { line } from "d3-shape";

interface SparklineProps {
  /** In order of time, evenly spaced; undefined where nothing is known, and the line is broken there. */
  readonly values: readonly (number | undefined)[];
  /** Said to screen readers. */
  readonly label: string;
  /** What happened on the way, and where: 0 is the left border, 1 the right one. */
  readonly marks?: readonly { readonly share: number; readonly words: string }[];
  readonly width?: number;
  readonly height?: number;
}

export const sparklineWidth = 96;

/** Wide enough for a pointer to meet a line. */
const hitPx = 7;

/** The course of a number, small and without axes. */
export function Sparkline({
  values,
  label,
  marks = [],
  width = sparklineWidth,
  height = 24,
}: SparklineProps) {
  const most = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE);
  const xOf = (share: number) => share * (width - 2) + 1;
  const path = line<number | undefined>()
    .defined((value) => value !== undefined)
    .x((_, index) => xOf(index / Math.max(1, values.length - 1)))
    .y((value) => height - 2 - ((value ?? 0) / most) * (height - 4))([...values]);
  return (
    <svg
      role="img"
      aria-label={[label, ...marks.map(({ words }) => words)].join(". ")}
      width={width}
      height={height}
      className="text-series-1"
    >
      {marks.map(({ share, words }) => (
        <g key={share} className="text-muted">
          <title>{words}</title>
          <path d={`M${xOf(share)} 0V${height}`} stroke="transparent" strokeWidth={hitPx} />
          <path d={`M${xOf(share)} 0V${height}`} stroke="currentColor" strokeDasharray="2 2" />
        </g>
      ))}
      <path d={path ?? ""} fill="none" stroke="currentColor" strokeWidth={1.5} pointerEvents="none" />
    </svg>
  );
}
