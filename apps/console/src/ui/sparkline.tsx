import { line } from "d3-shape";

interface SparklineProps {
  /** In order of time, evenly spaced; undefined where nothing is known, and the line is broken there. */
  readonly values: readonly (number | undefined)[];
  /** Said to screen readers. */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}

/** The course of a number, small and without axes. */
export function Sparkline({ values, label, width = 96, height = 24 }: SparklineProps) {
  const most = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE);
  const path = line<number | undefined>()
    .defined((value) => value !== undefined)
    .x((_, index) => (index / Math.max(1, values.length - 1)) * (width - 2) + 1)
    .y((value) => height - 2 - ((value ?? 0) / most) * (height - 4))([...values]);
  return (
    <svg role="img" aria-label={label} width={width} height={height} className="text-series-1">
      <path d={path ?? ""} fill="none" stroke="currentColor" strokeWidth={1.5} />
    </svg>
  );
}
