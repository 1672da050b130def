import type { Health } from "@weir/graph";
import { useMemo } from "react";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { healthWords } from "../view-model/describe.ts";
import { kindsOn, markNames } from "../view-model/mark-words.ts";
import { HealthGlyph, healthDash, healthText } from "./health-glyph.tsx";
import { markIcons } from "./mark-icons.ts";

const rules: readonly { health: Health; rule: string }[] = [
  { health: "ok", rule: "no errors" },
  { health: "degraded", rule: "some errors, or 10 % of 4xx" },
  { health: "failing", rule: "10 % errors, or 20 % of 4xx" },
  { health: "no-data", rule: "no traffic in this window" },
];

interface MapLegendProps {
  readonly view: MapView;
  /** Lines tell health. */
  readonly linesAreHealth: boolean;
}

/** What the map's looks mean; marks only where there are any. */
export function MapLegend({ view, linesAreHealth }: MapLegendProps) {
  const marks = useMemo(() => kindsOn(view), [view]);
  const unknown = view.nodes.some(({ kind }) => kind === "seen");
  return (
    <ul
      aria-label="Legend"
      className="pointer-events-none absolute bottom-3 left-3 hidden max-w-[calc(100%-5rem)] flex-wrap gap-x-4 gap-y-1 rounded-md border border-line bg-surface px-3 py-1.5 text-muted text-xs @2xl:flex"
    >
      {rules.map(({ health, rule }) => (
        <li key={health} className="flex items-center gap-1.5">
          <HealthGlyph health={health} />
          {linesAreHealth && (
            <svg aria-hidden width={22} height={6} className={healthText[health]}>
              <path d="M0 3H22" stroke="currentColor" strokeWidth={2} strokeDasharray={healthDash[health]} />
            </svg>
          )}
          <span>
            {healthWords[health]} <span className="hidden text-faint @5xl:inline">{rule}</span>
          </span>
        </li>
      ))}
      {marks.map((kind) => {
        const Icon = markIcons[kind];
        return (
          <li key={kind} className="flex items-center gap-1.5">
            <Icon size={12} aria-hidden /> {markNames[kind]}
          </li>
        );
      })}
      {marks.length > 0 && <li className="text-faint">solid: enforced, hollow: observed</li>}
      {unknown && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="h-3 w-4 rounded-xs border border-line-strong border-dashed" /> no
          sidecar
        </li>
      )}
      <li className="hidden text-faint @5xl:block">Width: requests per second (log)</li>
    </ul>
  );
}
