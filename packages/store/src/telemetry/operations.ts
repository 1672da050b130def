import type { Sql } from "../connection/open-sql.ts";
import type { TelemetryCaches } from "./caches.ts";
import { clampInt8 } from "./copy-text.ts";
import { serviceKey } from "./dictionaries.ts";
import { dictionaryText, digestOf } from "./dictionary.ts";
import type { SpanRecord } from "./records.ts";
import { hourNs } from "./time.ts";

/** Longer names are cut: they are texts of a request that somebody took for an operation. */
const longestName = 1_000;

interface Wanted {
  readonly serviceId: number;
  readonly name: string;
  readonly digest: string;
  lastHour: number;
}

/**
 * The operation of each span, in the order of the spans. An operation also remembers the newest hour in which it
 * was seen, so that a list of operations of a window needs no spans; that is written once an hour, not a batch.
 */
export async function resolveOperations(
  sql: Sql,
  caches: TelemetryCaches,
  serviceIds: ReadonlyMap<string, number>,
  spans: readonly SpanRecord[],
): Promise<number[]> {
  const wanted = new Map<string, Wanted>();
  const keys = spans.map((span) => {
    const serviceId = serviceIds.get(serviceKey(span.service)) ?? 0;
    const key = `${serviceId}\0${span.operation}`;
    const hour = Number(clampInt8(span.startNs) / hourNs);
    const seen = wanted.get(key);
    if (seen) seen.lastHour = Math.max(seen.lastHour, hour);
    else {
      const name = dictionaryText(span.operation, longestName);
      wanted.set(key, { serviceId, name, digest: digestOf(name), lastHour: hour });
    }
    return key;
  });
  const ids = new Map<string, number>();
  const stale = new Map<string, Wanted>();
  for (const entry of wanted.values()) {
    const known = caches.operations.get(operationKey(entry));
    if (known && known.lastHour >= entry.lastHour) ids.set(operationKey(entry), known.id);
    else stale.set(operationKey(entry), entry);
  }
  if (stale.size > 0)
    for (const { id, lastHour, ...row } of await upsert(sql, [...stale.values()])) {
      caches.operations.set(operationKey(row), { id, lastHour });
      ids.set(operationKey(row), id);
    }
  return keys.map((key) => {
    const entry = wanted.get(key);
    return (entry && ids.get(operationKey(entry))) ?? 0;
  });
}

interface Row {
  readonly id: number;
  readonly serviceId: number;
  readonly digest: string;
  readonly lastHour: number;
}

function upsert(sql: Sql, entries: readonly Wanted[]): Promise<Row[]> {
  return sql<Row[]>`
    INSERT INTO telemetry_operation AS known (service_id, name, digest, last_hour)
    SELECT * FROM unnest(${entries.map((e) => e.serviceId)}::int[], ${entries.map((e) => e.name)}::text[],
      ${entries.map((e) => e.digest)}::uuid[], ${entries.map((e) => e.lastHour)}::int[])
      AS new (service_id, name, digest, last_hour)
    ORDER BY service_id, digest
    ON CONFLICT (service_id, digest) DO UPDATE SET last_hour = GREATEST(known.last_hour, excluded.last_hour)
    RETURNING id, service_id AS "serviceId", replace(digest::text, '-', '') AS digest, last_hour AS "lastHour"`;
}

/** By digest: names that were cut to the same text are one operation. */
function operationKey({ serviceId, digest }: { serviceId: number; digest: string }): string {
  return `${serviceId}:${digest}`;
}
