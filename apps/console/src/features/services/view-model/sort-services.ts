import type { inferRouterOutputs } from "@trpc/server";
import { type Health, healthOf } from "@weir/graph";
import type { AppRouter } from "../../../server/router.ts";

export type ServiceRow = inferRouterOutputs<AppRouter>["services"]["list"][number];

export const sortKeys = ["name", "health", "mode", "rate", "errors", "p50", "p95", "p99"] as const;
export type SortKey = (typeof sortKeys)[number];

type Value = string | number | undefined;

/** The most urgent first. */
const urgency: Record<Health, number> = { failing: 0, degraded: 1, ok: 2, "no-data": 3 };

const measureOf: Record<SortKey, (row: ServiceRow) => Value> = {
  name: (row) => row.name,
  health: (row) => urgency[healthOf(row)],
  mode: (row) => row.mode?.mode,
  rate: (row) => row.rps,
  errors: (row) => (row.requests > 0 ? row.errors / row.requests : undefined),
  p50: (row) => row.p50,
  p95: (row) => row.p95,
  p99: (row) => row.p99,
};

/** Rows in order of one column, equal ones by name; what is not known stands last, whichever way. */
export function sortServices(rows: readonly ServiceRow[], key: SortKey, descending: boolean): ServiceRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [measureOf[key](a), measureOf[key](b)];
    if (x === undefined || y === undefined)
      return Number(x === undefined) - Number(y === undefined) || byName(a, b);
    const order = typeof x === "string" ? x.localeCompare(String(y)) : x - Number(y);
    return order * sign || byName(a, b);
  });
}

/** Those whose namespace or name has the text, whatever its case; all of them for an empty one. */
export function filterServices(rows: readonly ServiceRow[], text: string): readonly ServiceRow[] {
  const sought = text.trim().toLowerCase();
  return sought === "" ? rows : rows.filter(({ id }) => id.toLowerCase().includes(sought));
}

function byName(a: ServiceRow, b: ServiceRow): number {
  return a.id.localeCompare(b.id);
}
