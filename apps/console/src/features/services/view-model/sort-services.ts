import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "../../../server/router.ts";

export type ServiceRow = inferRouterOutputs<AppRouter>["services"]["list"][number];

export const sortKeys = ["name", "mode", "rate", "errors", "p50", "p95", "p99"] as const;
export type SortKey = (typeof sortKeys)[number];

type Value = string | number | undefined;

const measureOf: Record<SortKey, (row: ServiceRow) => Value> = {
  name: (row) => row.name,
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

function byName(a: ServiceRow, b: ServiceRow): number {
  return a.id.localeCompare(b.id);
}
