import type { Health } from "@weir/graph";

/** The classes that give each health its colour; the shapes below say the same without it. */
export const healthText: Record<Health, string> = {
  ok: "text-ok",
  degraded: "text-degraded",
  failing: "text-failing",
  "no-data": "text-no-data",
};

/** Dashes of an edge's line by health: whole, long, short, dotted. */
export const healthDash: Record<Health, string | undefined> = {
  ok: undefined,
  degraded: "14 5",
  failing: "5 4",
  "no-data": "1.5 5",
};

/** Health as a shape in a 10 by 10 field, for inside an SVG: a disc, a triangle, a cross in a square, a ring. */
export function HealthShape({ health }: { health: Health }) {
  switch (health) {
    case "ok":
      return <circle cx={5} cy={5} r={3.5} fill="currentColor" />;
    case "degraded":
      return <path d="M5 .8 9.6 9H.4Z" fill="currentColor" />;
    case "failing":
      return (
        <g>
          <rect x={0.5} y={0.5} width={9} height={9} rx={1.5} fill="currentColor" />
          <path d="M3 3l4 4M7 3l-4 4" stroke="var(--surface)" strokeWidth={1.4} />
        </g>
      );
    case "no-data":
      return (
        <circle
          cx={5}
          cy={5}
          r={3.3}
          fill="none"
          stroke="currentColor"
          strokeWidth={1.4}
          strokeDasharray="2 1.4"
        />
      );
  }
}

/** The same as an image of its own, beside text. */
export function HealthGlyph({ health, size = 10 }: { health: Health; size?: number }) {
  return (
    <svg
      aria-hidden
      width={size}
      height={size}
      viewBox="0 0 10 10"
      className={`shrink-0 ${healthText[health]}`}
    >
      <HealthShape health={health} />
    </svg>
  );
}
