import type { Stair } from "../view-model/staircase.ts";

interface StaircaseShapesProps {
  readonly stairs: readonly Stair[];
  readonly widthPx: number;
  readonly heightPx: number;
  /** Up to here the rollout has come, in pixels from the left; undefined: it has not begun. */
  readonly doneToPx: number | undefined;
  /** The canary's colour. */
  readonly hue: string;
  /** Distinguishes the patterns of several drawings on one page. */
  readonly id: string;
  readonly label: string;
}

/** What requests that a match chooses are drawn as: their share is not known. */
const matchedPx = 22;

/** The canary's share over time: filled where requests are answered, hatched where they are only copied, dotted where chosen. */
export function StaircaseShapes(props: StaircaseShapesProps) {
  const { stairs, widthPx, heightPx, doneToPx, hue, id, label } = props;
  const [hatch, dots] = [`${id}-hatch`, `${id}-dots`];
  const topOf = ({ way, share }: Stair) => heightPx - (way === "match" ? matchedPx : share * heightPx);
  return (
    <svg
      role="img"
      aria-label={label}
      width={widthPx}
      height={heightPx}
      className="block overflow-hidden rounded-sm"
    >
      <defs>
        <pattern id={hatch} width={7} height={7} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V7" stroke={hue} strokeWidth={2} />
        </pattern>
        <pattern id={dots} width={8} height={8} patternUnits="userSpaceOnUse">
          <circle cx={4} cy={4} r={1.5} fill={hue} />
        </pattern>
        {doneToPx !== undefined && (
          <clipPath id={`${id}-done`}>
            <rect x={0} y={0} width={Math.max(0, doneToPx)} height={heightPx} />
          </clipPath>
        )}
      </defs>
      {[0.25, 0.5, 0.75].map((share) => (
        <path
          key={share}
          d={`M0 ${heightPx * (1 - share)}H${widthPx}`}
          stroke="var(--line)"
          strokeDasharray="2 4"
        />
      ))}
      {stairs.map((stair) => (
        <rect
          key={stair.index}
          x={stair.leftPx}
          y={topOf(stair)}
          width={stair.widthPx}
          height={heightPx - topOf(stair)}
          fill={stair.way === "mirror" ? `url(#${hatch})` : stair.way === "match" ? `url(#${dots})` : hue}
          opacity={stair.way === "weight" ? (doneToPx === undefined ? 0.24 : 0.14) : 0.4}
        />
      ))}
      {doneToPx !== undefined && (
        <g clipPath={`url(#${id}-done)`}>
          {stairs.map((stair) => (
            <rect
              key={stair.index}
              x={stair.leftPx}
              y={topOf(stair)}
              width={stair.widthPx}
              height={heightPx - topOf(stair)}
              fill={hue}
              opacity={stair.way === "weight" ? 0.5 : 0.2}
            />
          ))}
        </g>
      )}
      <path d={outline(stairs, topOf, heightPx)} fill="none" stroke={hue} strokeWidth={2} />
    </svg>
  );
}

/** Along the tops of the steps. */
function outline(stairs: readonly Stair[], topOf: (stair: Stair) => number, heightPx: number): string {
  return stairs
    .map((stair, at) => {
      const top = Math.max(1, Math.min(heightPx - 1, topOf(stair)));
      return `${at === 0 ? `M${stair.leftPx} ${top}` : `V${top}`}H${stair.leftPx + stair.widthPx}`;
    })
    .join("");
}
