import type { Sql } from "../connection/open-sql.ts";
import type { BoundedMap, TelemetryCaches } from "./caches.ts";
import { type Dictionary, dictionaryText, digestOf, resolveEntries } from "./dictionary.ts";
import { jsonText } from "./json-text.ts";
import type { Attributes, DecisionPoint, EdgeEnd, EdgePoint, Reporter, ServiceIdentity } from "./records.ts";

const column = <T, K extends keyof T>(entries: readonly T[], name: K): T[K][] => entries.map((e) => e[name]);

export function serviceKey({ namespace, name, version }: ServiceIdentity): string {
  return [namespace, name, version].map((text) => dictionaryText(text)).join("\0");
}

export function endKey({ namespace, service, version }: EdgeEnd): string {
  return serviceKey({ namespace, name: service, version });
}

const services: Dictionary<ServiceIdentity> = {
  key: serviceKey,
  find: (sql, entries) => sql`
    SELECT id, namespace, name, version FROM telemetry_service
    JOIN unnest(${column(entries, "namespace")}::text[], ${column(entries, "name")}::text[],
      ${column(entries, "version")}::text[]) AS wanted (namespace, name, version) USING (namespace, name, version)`,
  insert: (sql, entries) => sql`
    INSERT INTO telemetry_service (namespace, name, version)
    SELECT * FROM unnest(${column(entries, "namespace")}::text[], ${column(entries, "name")}::text[],
      ${column(entries, "version")}::text[]) ON CONFLICT DO NOTHING`,
};

/** Ids of services by {@link serviceKey}. */
export function resolveServices(
  sql: Sql,
  caches: TelemetryCaches,
  identities: Iterable<ServiceIdentity>,
): Promise<Map<string, number>> {
  const cleaned = Array.from(identities, ({ namespace, name, version }) => ({
    namespace: dictionaryText(namespace),
    name: dictionaryText(name),
    version: dictionaryText(version),
  }));
  return resolveEntries(sql, services, caches.services, cleaned);
}

interface ResourceEntry {
  readonly digest: string;
  readonly attributes: string;
}

const resources: Dictionary<ResourceEntry, Pick<ResourceEntry, "digest">> = {
  key: ({ digest }) => digest,
  find: (sql, entries) => sql`
    SELECT id, replace(digest::text, '-', '') AS digest FROM telemetry_resource
    WHERE digest = ANY(${column(entries, "digest")}::uuid[])`,
  insert: (sql, entries) => sql`
    INSERT INTO telemetry_resource (digest, attributes)
    SELECT digest, attributes::jsonb
    FROM unnest(${column(entries, "digest")}::uuid[], ${column(entries, "attributes")}::text[])
      AS new (digest, attributes)
    ON CONFLICT DO NOTHING`,
};

/** Ids by the very objects given: senders share one resource among many records, and so do decoded requests. */
export async function resolveResources(
  sql: Sql,
  caches: TelemetryCaches,
  wanted: Iterable<Attributes>,
): Promise<Map<Attributes, number>> {
  const entries = new Map<Attributes, ResourceEntry>();
  for (const resource of wanted) {
    if (entries.has(resource)) continue;
    const attributes = jsonText(resource);
    entries.set(resource, { digest: digestOf(attributes), attributes });
  }
  const ids = await resolveResourceTexts(sql, caches, entries.values());
  return new Map(Array.from(entries, ([resource, { digest }]) => [resource, ids.get(digest) ?? 0]));
}

/** Ids by digest. */
export function resolveResourceTexts(
  sql: Sql,
  caches: TelemetryCaches,
  entries: Iterable<ResourceEntry>,
): Promise<Map<string, number>> {
  return resolveEntries(sql, resources, caches.resources, entries);
}

interface EdgeSeriesEntry {
  readonly reporter: number;
  readonly sourceId: number;
  readonly destinationId: number;
  readonly protocol: string;
  readonly method: string;
  readonly statusClass: number;
  readonly flag: string;
  readonly security: string;
  readonly resends: number;
}

const edgeSeries: Dictionary<EdgeSeriesEntry> = {
  key: ({ sourceId, destinationId, reporter, protocol, method, statusClass, flag, security, resends }) =>
    [sourceId, destinationId, reporter, protocol, method, statusClass, flag, security, resends].join("\0"),
  find: (sql, entries) => sql`
    SELECT s.id, s.reporter, source_id AS "sourceId", destination_id AS "destinationId", protocol, method,
      status_class AS "statusClass", flag, security, resends
    FROM edge_series s JOIN (${edgeColumns(sql, entries)}) AS wanted
      USING (source_id, destination_id, reporter, protocol, method, status_class, flag, security, resends)`,
  insert: (sql, entries) => sql`
    INSERT INTO edge_series
      (source_id, destination_id, reporter, protocol, method, status_class, flag, security, resends)
    ${edgeColumns(sql, entries)} ON CONFLICT DO NOTHING`,
};

function edgeColumns(sql: Sql, entries: readonly EdgeSeriesEntry[]) {
  return sql`
    SELECT * FROM unnest(${column(entries, "sourceId")}::int[], ${column(entries, "destinationId")}::int[],
      ${column(entries, "reporter")}::smallint[], ${column(entries, "protocol")}::text[],
      ${column(entries, "method")}::text[], ${column(entries, "statusClass")}::smallint[],
      ${column(entries, "flag")}::text[], ${column(entries, "security")}::text[],
      ${column(entries, "resends")}::smallint[])
    AS series (source_id, destination_id, reporter, protocol, method, status_class, flag, security, resends)`;
}

/** As `edge_series.reporter` has them. */
export const reporterIds: Readonly<Record<Reporter, number>> = {
  source: 0,
  destination: 1,
  "span.client": 2,
  "span.server": 3,
};

/** The series of each point, in the order of the points. */
export function resolveEdgeSeries(
  sql: Sql,
  caches: TelemetryCaches,
  serviceIds: ReadonlyMap<string, number>,
  points: readonly EdgePoint[],
): Promise<number[]> {
  const entries = points.map(
    (point): EdgeSeriesEntry => ({
      reporter: reporterIds[point.reporter],
      sourceId: serviceIds.get(endKey(point.source)) ?? 0,
      destinationId: serviceIds.get(endKey(point.destination)) ?? 0,
      protocol: dictionaryText(point.protocol),
      method: dictionaryText(point.method),
      statusClass: point.statusClass >= 0 && point.statusClass <= 9 ? Math.trunc(point.statusClass) : 0,
      flag: dictionaryText(point.flag),
      security: point.security ?? "",
      resends: point.resends ?? 0,
    }),
  );
  return resolveInOrder(sql, edgeSeries, caches.edgeSeries, entries);
}

interface DecisionSeriesEntry {
  readonly namespace: string;
  readonly policy: string;
  readonly kind: string;
  readonly revision: number;
  readonly mode: string;
  readonly verdict: string;
  readonly sourceId: number;
  readonly destinationId: number;
}

const decisionSeries: Dictionary<DecisionSeriesEntry> = {
  key: (e) =>
    [e.namespace, e.policy, e.kind, e.revision, e.mode, e.verdict, e.sourceId, e.destinationId].join("\0"),
  find: (sql, entries) => sql`
    SELECT s.id, namespace, policy, kind, revision, mode, verdict, source_id AS "sourceId",
      destination_id AS "destinationId"
    FROM decision_series s JOIN (${decisionColumns(sql, entries)}) AS wanted
      USING (namespace, policy, kind, revision, mode, verdict, source_id, destination_id)`,
  insert: (sql, entries) => sql`
    INSERT INTO decision_series (namespace, policy, kind, revision, mode, verdict, source_id, destination_id)
    ${decisionColumns(sql, entries)} ON CONFLICT DO NOTHING`,
};

function decisionColumns(sql: Sql, entries: readonly DecisionSeriesEntry[]) {
  return sql`
    SELECT * FROM unnest(${column(entries, "namespace")}::text[], ${column(entries, "policy")}::text[],
      ${column(entries, "kind")}::text[], ${column(entries, "revision")}::int[],
      ${column(entries, "mode")}::text[], ${column(entries, "verdict")}::text[],
      ${column(entries, "sourceId")}::int[], ${column(entries, "destinationId")}::int[])
    AS series (namespace, policy, kind, revision, mode, verdict, source_id, destination_id)`;
}

export function resolveDecisionSeries(
  sql: Sql,
  caches: TelemetryCaches,
  serviceIds: ReadonlyMap<string, number>,
  points: readonly DecisionPoint[],
): Promise<number[]> {
  const entries = points.map(
    ({ policy, mode, verdict, source, destination }): DecisionSeriesEntry => ({
      namespace: dictionaryText(policy.namespace),
      policy: dictionaryText(policy.name),
      kind: dictionaryText(policy.kind),
      revision: Math.max(0, Math.min(2 ** 31 - 1, Math.trunc(policy.revision) || 0)),
      mode: dictionaryText(mode),
      verdict: dictionaryText(verdict),
      sourceId: serviceIds.get(endKey(source)) ?? 0,
      destinationId: serviceIds.get(endKey(destination)) ?? 0,
    }),
  );
  return resolveInOrder(sql, decisionSeries, caches.decisionSeries, entries);
}

async function resolveInOrder<T>(
  sql: Sql,
  dictionary: Dictionary<T>,
  cache: BoundedMap<number>,
  entries: readonly T[],
): Promise<number[]> {
  const ids = await resolveEntries(sql, dictionary, cache, entries);
  return entries.map((entry) => ids.get(dictionary.key(entry)) ?? 0);
}
