import type { Health } from "@weir/graph";
import { healthWords } from "../view-model/describe.ts";
import { HealthGlyph, healthDash, healthText } from "./health-glyph.tsx";

const rules: readonly { health: Health; rule: string }[] = [
  { health: "ok", rule: "no errors" },
  { health: "degraded", rule: "some errors, or 10 % of 4xx" },
  { health: "failing", rule: "10 % errors, or 20 % of 4xx" },
  { health: "no-data", rule: "no traffic in this window" },
];

/** What the map's looks mean. */
export function MapLegend() {
  return (
    <ul
      aria-label="Legend"
      className="pointer-events-none absolute bottom-3 left-3 hidden gap-x-4 rounded-md border border-line bg-surface px-3 py-1.5 text-muted text-xs @2xl:flex"
    >
      {rules.map(({ health, rule }) => (
        <li key={health} className="flex items-center gap-1.5">
          <HealthGlyph health={health} />
          <svg aria-hidden width={22} height={6} className={healthText[health]}>
            <path d="M0 3H22" stroke="currentColor" strokeWidth={2} strokeDasharray={healthDash[health]} />
          </svg>
          <span>
            {healthWords[health]} <span className="hidden text-faint @5xl:inline">{rule}</span>
          </span>
        </li>
      ))}
      <li className="hidden text-faint @5xl:block">Width: requests per second (log)</li>
    </ul>
  );
}
