import { operationsPerService } from "./load-dictionaries.ts";

export interface TreeSettings {
  /** Number of the first trace, and how many. */
  readonly first: number;
  readonly count: number;
  readonly startNs: bigint;
  /** From one trace to the next. */
  readonly stepNs: bigint;
  readonly services: number;
}

/** Traces begin at so many services. */
const gateways = 20;

/**
 * Common table expressions of which the last, `tree`, has ten spans a trace: a root that makes three calls of a third of
 * its time each, and each of these two more. Everything is computed from the numbers of trace and span.
 */
export function spanTreeRows({ first, count, startNs, stepNs, services }: TreeSettings): string {
  return `shape (k, parent, level, nth) AS (
      VALUES (0, NULL, 0, 0), (1, 0, 1, 0), (2, 0, 1, 1), (3, 0, 1, 2), (4, 1, 2, 0), (5, 1, 2, 1), (6, 2, 2, 0),
        (7, 2, 2, 1), (8, 3, 2, 0), (9, 3, 2, 1)
    ), root AS (
      SELECT t, md5('trace ' || t)::uuid AS trace_id, ${startNs} + (t - ${first}) * ${stepNs} AS start_ns,
        -- From 1 ms to 1 s, most of them short.
        (1000000 * exp(6.9 * power(${unit("t", 1)}, 2)))::bigint AS duration_ns,
        floor(${gateways} * power(${unit("t", 2)}, 2))::int AS gateway
      FROM generate_series(${first}::bigint, ${first + count - 1}::bigint) AS t
    ), node AS (
      SELECT root.*, k, parent, level, nth, ${choice("t * 16 + coalesce(parent, 0)")} AS parent_choice,
        ${choice("t * 16 + k")} AS own_choice, abs(hashint8extended(t * 16 + k, 4) / 2) AS chance
      FROM root CROSS JOIN shape
    ), placed AS (
      SELECT *, 1 + CASE level WHEN 0 THEN gateway WHEN 1 THEN ${callee("gateway", "own_choice", services)}
        ELSE ${callee(`(${callee("gateway", "parent_choice", services)})`, "own_choice", services)} END AS service_id
      FROM node
    ), tree AS (
      SELECT trace_id, ${spanId("k")} AS span_id, CASE WHEN parent IS NOT NULL THEN ${spanId("parent")} END AS parent_span_id,
        service_id, 1 + (service_id - 1) * ${operationsPerService}
          + floor(${operationsPerService} * power(${unit("t * 16 + k", 3)}, 3))::int AS operation_id,
        (CASE WHEN k = 0 THEN 2 ELSE 3 END)::smallint AS kind,
        (CASE WHEN chance % 100 = 7 THEN 2 ELSE 0 END)::smallint AS status,
        start_ns + CASE level WHEN 0 THEN 0 WHEN 1 THEN duration_ns * nth / 3
          ELSE duration_ns * (parent - 1) / 3 + duration_ns * nth / 8 END AS start_ns,
        duration_ns / CASE level WHEN 0 THEN 1 WHEN 1 THEN 4 ELSE 10 END AS duration_ns, chance
      FROM placed
    )`;
}

/** From 0 to below 1. */
function unit(number: string, seed: number): string {
  return `((hashint8extended(${number}, ${seed}) & 1048575) / 1048576.0::float8)`;
}

/** Which of its ten callees a service asks. */
function choice(number: string): string {
  return `floor(10 * power(${unit(number, 5)}, 2))::int`;
}

/** Counted from 0. */
function callee(service: string, nth: string, services: number): string {
  return `(${service} * 10 + ${nth} + ${gateways}) % ${services}`;
}

function spanId(k: string): string {
  return `hashint8extended(t * 16 + ${k}, 6)`;
}
