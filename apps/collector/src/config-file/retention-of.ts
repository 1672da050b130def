import { z } from "zod";
import type { RetentionSection } from "./exporters-section.ts";

/** Hours by kind of telemetry, where they differ from the general rule. */
export type RetentionOverrides = { readonly [K in keyof typeof kinds]?: number };

/** Each kind, as it is called in the file; in the environment it is WEIR_RETENTION_ACCESS_LOGS_HOURS and so on. */
const kinds = {
  spans: "traces",
  accessLogs: "access_logs",
  logs: "logs",
  metrics: "metrics",
  edges10s: "edges_10s",
  edges1m: "edges_1m",
  edges10m: "edges_10m",
  edges1h: "edges_1h",
  edges1d: "edges_1d",
  decisions10s: "decisions_10s",
  decisions1h: "decisions_1h",
} as const satisfies Record<string, keyof RetentionSection>;

type Kind = (typeof kinds)[keyof typeof kinds];
type Variable = `WEIR_RETENTION_${Uppercase<Kind>}_HOURS`;

const Hours = z
  .string()
  .regex(/^[1-9]\d{0,4}$/, "must be a whole number of hours, 1 to 99999")
  .transform(Number)
  .optional();

/** The variables of the environment that say how long what is kept. */
export const retentionHours = {
  WEIR_RETENTION_HOURS: Hours,
  ...(Object.fromEntries(Object.values(kinds).map((kind) => [variableOf(kind), Hours])) as Record<
    Variable,
    typeof Hours
  >),
};

const usualHours = 24;

type RetentionVariables = { readonly [K in keyof typeof retentionHours]?: number | undefined };

/** The general rule, and what differs from it; of each the environment's, then the file's. */
export function retentionOverrides(
  environment: RetentionVariables,
  file: RetentionSection,
): { readonly retentionHours: number; readonly retention: RetentionOverrides } {
  const overrides = Object.entries(kinds).flatMap(([name, kind]) => {
    const hours = environment[variableOf(kind)] ?? file[kind];
    return hours === undefined ? [] : [[name, hours] as const];
  });
  return {
    retentionHours: environment.WEIR_RETENTION_HOURS ?? file.default ?? usualHours,
    retention: Object.fromEntries(overrides),
  };
}

function variableOf(kind: Kind): Variable {
  return `WEIR_RETENTION_${kind.toUpperCase()}_HOURS` as Variable;
}
