import { formatCount } from "../../../ui/format/numbers.ts";
import { quantileDashes, quantileNames } from "../view-model/draw-heatmap.ts";

/** What colours and lines mean. `most`: requests in the fullest cell. */
export function HeatmapLegend({ most }: { most: number }) {
  return (
    <figcaption className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-0.5 pl-11 text-[0.6875rem] text-faint">
      <span className="inline-flex items-center gap-1.5">
        1
        <span
          aria-hidden
          className="h-2 w-16 rounded-sm"
          style={{ background: "linear-gradient(in oklab to right, var(--heat-low), var(--heat-high))" }}
        />
        {formatCount(most)} per cell
      </span>
      {quantileNames.map((name) => (
        <span key={name} className="inline-flex items-center gap-1.5">
          <svg aria-hidden width={18} height={4}>
            <path
              d="M0 2H18"
              stroke="var(--heat-line)"
              strokeWidth={1.75}
              strokeDasharray={quantileDashes[name].join(" ")}
            />
          </svg>
          {name}
        </span>
      ))}
    </figcaption>
  );
}
