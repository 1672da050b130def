import type { Sql } from "../../connection/open-sql.ts";
import type { TelemetryCaches } from "../caches.ts";
import { resolveResourceTexts, resolveServices } from "../dictionaries.ts";
import { hourMs } from "../time.ts";
import type { AttributesEntry, DictionaryEntry, OperationEntry, ServiceEntry } from "./dictionary-entry.ts";
import type { SpanBlock } from "./span-block.ts";

/**
 * Looks up (and adds) whatever the blocks name, so that every entry of theirs has its id in this database. Each
 * statement commits by itself, before the batch's transaction: no other writer waits for it, and no id is remembered
 * that was rolled back. An entry also tells the newest hour in which it was seen, once an hour, not once a batch: lists of
 * operations need no spans then, and what nobody sends any more can be dropped.
 */
export async function resolveSpans(
  sql: Sql,
  caches: TelemetryCaches,
  blocks: readonly SpanBlock[],
): Promise<void> {
  const unknown = collect(caches, blocks);
  if (unknown.services.size > 0) await services(sql, caches, unknown.services);
  if (unknown.operations.size > 0) await operations(sql, caches, unknown.operations);
  if (unknown.resources.size > 0) await resources(sql, caches, unknown.resources);
  if (unknown.attributeSets.size > 0) await attributeSets(sql, caches, unknown.attributeSets);
}

/** Entries to look up, with the hour they were seen in. */
type Wanted<E extends DictionaryEntry> = Map<E, number>;

function collect(caches: TelemetryCaches, blocks: readonly SpanBlock[]) {
  const wanted = {
    services: new Map() as Wanted<ServiceEntry>,
    operations: new Map() as Wanted<OperationEntry>,
    resources: new Map() as Wanted<AttributesEntry>,
    attributeSets: new Map() as Wanted<AttributesEntry>,
  };
  const want = <E extends DictionaryEntry>(into: Wanted<E>, entry: E, hour: number): void => {
    if (entry.owner === caches && entry.lastHour >= hour) return;
    const known = into.get(entry);
    if (known === undefined || known < hour) into.set(entry, hour);
  };
  for (const { length, services, operations, resources, attributeSets, facts } of blocks) {
    for (let i = 0; i < length; i++) {
      const hour = Math.floor((facts[i]?.startMs ?? 0) / hourMs);
      const service = services[i] as ServiceEntry;
      if (service.owner !== caches) wanted.services.set(service, hour);
      want(wanted.operations, operations[i] as OperationEntry, hour);
      const resource = resources[i] as AttributesEntry;
      if (resource.owner !== caches) wanted.resources.set(resource, hour);
      const set = attributeSets[i];
      if (set) want(wanted.attributeSets, set, hour);
    }
  }
  return wanted;
}

async function services(sql: Sql, caches: TelemetryCaches, wanted: Wanted<ServiceEntry>): Promise<void> {
  const ids = await resolveServices(
    sql,
    caches,
    Array.from(wanted.keys(), ({ identity }) => identity),
  );
  for (const entry of wanted.keys()) settle(entry, caches, ids.get(entry.key), 0);
}

async function operations(sql: Sql, caches: TelemetryCaches, wanted: Wanted<OperationEntry>): Promise<void> {
  // By digest: names that were cut to the same text are one operation.
  const byKey = Map.groupBy(wanted, ([{ service, digest }]) => `${service.id}:${digest}`);
  const entries = [...byKey].sort(inOrder).map(([, own]) => own);
  const first = <T>(value: (entry: OperationEntry) => T) => entries.map(([one]) => value(one![0]));
  const rows = await sql<{ id: number; serviceId: number; digest: string; lastHour: number }[]>`
    INSERT INTO telemetry_operation AS known (service_id, name, digest, last_hour)
    SELECT * FROM unnest(${first((e) => e.service.id)}::int[], ${first((e) => e.name)}::text[],
      ${first((e) => e.digest)}::uuid[], ${entries.map(newest)}::int[])
    ON CONFLICT (service_id, digest) DO UPDATE SET last_hour = GREATEST(known.last_hour, excluded.last_hour)
    RETURNING id, service_id AS "serviceId", replace(digest::text, '-', '') AS digest, last_hour AS "lastHour"`;
  const found = new Map(rows.map((row) => [`${row.serviceId}:${row.digest}`, row]));
  for (const [key, own] of byKey)
    for (const [entry] of own) settle(entry, caches, found.get(key)?.id, found.get(key)?.lastHour);
}

async function resources(sql: Sql, caches: TelemetryCaches, wanted: Wanted<AttributesEntry>): Promise<void> {
  const entries = Array.from(wanted.keys(), ({ digest, text }) => ({ digest, attributes: text }));
  const ids = await resolveResourceTexts(sql, caches, entries);
  for (const entry of wanted.keys()) settle(entry, caches, ids.get(entry.digest), 0);
}

/** They count as seen now, however old the span says it is: see `forgetAttributeSets`. */
async function attributeSets(
  sql: Sql,
  caches: TelemetryCaches,
  wanted: Wanted<AttributesEntry>,
): Promise<void> {
  const byDigest = Map.groupBy(wanted, ([{ digest }]) => digest);
  const entries = [...byDigest].sort(inOrder).map(([, own]) => own);
  const first = <T>(value: (entry: AttributesEntry) => T) => entries.map(([one]) => value(one![0]));
  const rows = await sql<{ id: number; digest: string; lastHour: number }[]>`
    INSERT INTO telemetry_attribute_set AS known (digest, attributes, last_hour)
    SELECT digest, attributes::jsonb, GREATEST(last_hour, extract(epoch FROM now())::int / 3600)
    FROM unnest(${first((e) => e.digest)}::uuid[], ${first((e) => e.text)}::text[], ${entries.map(newest)}::int[])
      AS new (digest, attributes, last_hour)
    ON CONFLICT (digest) DO UPDATE SET last_hour = GREATEST(known.last_hour, excluded.last_hour)
    RETURNING id, replace(digest::text, '-', '') AS digest, last_hour AS "lastHour"`;
  const found = new Map(rows.map((row) => [row.digest, row]));
  for (const [digest, own] of byDigest)
    for (const [entry] of own) settle(entry, caches, found.get(digest)?.id, found.get(digest)?.lastHour);
}

function newest(entries: readonly (readonly [unknown, number])[]): number {
  return entries.reduce((hour, [, own]) => Math.max(hour, own), 0);
}

/** Rows are locked in this order by every collector. */
function inOrder([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function settle(entry: DictionaryEntry, owner: object, id: number | undefined, lastHour = 0): void {
  if (id === undefined) throw new Error("a dictionary entry is missing after it was inserted");
  entry.owner = owner;
  entry.id = id;
  entry.lastHour = lastHour;
}
