import type { MapMark } from "../../../server/topology/map-marks.ts";
import { timesText } from "../view-model/mark-words.ts";
import { markIcons } from "./mark-icons.ts";

const radius = 8.5;
const step = 2 * radius + 3;

interface MapMarksProps {
  readonly marks: readonly MapMark[];
  /** Middle of the rightmost; the others stand at its left. */
  readonly x: number;
  readonly y: number;
}

/** Small round signs on the map: solid where requests are changed, hollow where that is only observed. */
export function MapMarks({ marks, x, y }: MapMarksProps) {
  return (
    <g aria-hidden>
      {marks.map(({ kind, acts, amplification }, index) => {
        const Icon = markIcons[kind];
        const color = acts ? "var(--enforce)" : "var(--observe)";
        return (
          <g key={kind} transform={`translate(${x - (marks.length - 1 - index) * step} ${y})`}>
            <circle r={radius} fill={acts ? color : "var(--page)"} stroke={color} />
            <Icon x={-5.5} y={-5.5} width={11} height={11} color={acts ? "var(--page)" : color} />
            {amplification !== undefined && (
              <text
                y={-radius - 3}
                textAnchor="middle"
                className="font-mono font-semibold text-[10px]"
                fill={color}
                stroke="var(--page)"
                strokeWidth={3}
                paintOrder="stroke"
              >
                {timesText(amplification)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
