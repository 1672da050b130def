import { outsideMesh } from "@weir/domain";
import type { Sql } from "../../connection/open-sql.ts";
import type { ServiceName } from "../answers.ts";
import { dictionaryText, digestOf } from "../dictionary.ts";
import { type AttributeFilter, alternativesOf } from "./attribute-filter.ts";
import { type TextPatterns, textPatterns } from "./text-filter.ts";

/** What is asked of spans: one and the same span must fulfil all of it. */
export interface SpanFilter {
  readonly service?: (ServiceName & { readonly version?: string | undefined }) | undefined;
  readonly operation?: string | undefined;
  /** Who called: the service of the span's parent, in any version. Outside the mesh nobody leaves spans: a root's caller. */
  readonly calledBy?: ServiceName | undefined;
  readonly attributes?: readonly AttributeFilter[] | undefined;
  readonly text?: string | undefined;
}

/** The same in numbers of dictionary entries. */
export interface SpanCondition {
  /** Undefined: any. */
  readonly serviceIds: readonly number[] | undefined;
  /** Of that service, where one is asked for. */
  readonly operationIds: readonly number[] | undefined;
  /** Undefined: whoever. */
  readonly callerIds: readonly number[] | "outside" | undefined;
  readonly attributes: readonly AttributeCondition[];
  readonly text: TextCondition | undefined;
  /** No span of a later hour (since 1970) can fulfil it; undefined: not known. */
  readonly lastHour: number | undefined;
}

/** Met by a span of one of the sets, or with one of the objects among its own attributes. */
export interface AttributeCondition {
  readonly setIds: readonly number[];
  readonly objects: readonly string[];
  readonly hashes: readonly number[] | undefined;
}

/** Met by a span of one of the operations or sets, or with the text in an own attribute or its status message. */
export interface TextCondition extends TextPatterns {
  readonly operationIds: readonly number[];
  readonly setIds: readonly number[];
}

interface Found {
  readonly id: number;
  readonly lastHour: number;
}

/** Undefined when no span since `firstHour` (hours since 1970) can fulfil the filter. */
export async function resolveSpanFilter(
  sql: Sql,
  { service, operation, calledBy, attributes = [], text }: SpanFilter,
  firstHour: number,
): Promise<SpanCondition | undefined> {
  const [services, operations, callers, sets, texts] = await Promise.all([
    service && operation === undefined ? findServices(sql, service) : undefined,
    operation === undefined ? undefined : findOperations(sql, operation, service, firstHour),
    calledBy && findCallers(sql, calledBy),
    Promise.all(attributes.map((attribute) => findAttribute(sql, attribute, firstHour))),
    text === undefined || text === "" ? undefined : findText(sql, text, firstHour),
  ]);
  if (services?.length === 0 || operations?.length === 0 || callers?.length === 0) return undefined;
  return {
    serviceIds: services,
    operationIds: operations?.map(({ id }) => id),
    callerIds: callers,
    attributes: sets,
    text: texts,
    lastHour: operations && Math.max(...operations.map(({ lastHour }) => lastHour)),
  };
}

async function findServices(sql: Sql, service: NonNullable<SpanFilter["service"]>): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    SELECT s.id FROM telemetry_service s WHERE ${ofService(sql, service)}`;
  return rows.map(({ id }) => id);
}

async function findCallers(sql: Sql, caller: ServiceName): Promise<number[] | "outside"> {
  const { namespace, service } = outsideMesh;
  return caller.namespace === namespace && caller.service === service ? "outside" : findServices(sql, caller);
}

function ofService(sql: Sql, { namespace, service, version }: NonNullable<SpanFilter["service"]>) {
  return sql`s.namespace = ${namespace} AND s.name = ${service}
    ${version === undefined ? sql`` : sql`AND s.version = ${version}`}`;
}

async function findOperations(
  sql: Sql,
  name: string,
  service: SpanFilter["service"],
  firstHour: number,
): Promise<Found[]> {
  return sql<Found[]>`
    SELECT o.id, o.last_hour AS "lastHour" FROM telemetry_operation o JOIN telemetry_service s ON s.id = o.service_id
    WHERE o.digest = ${digestOf(dictionaryText(name, 1_000))} AND o.last_hour >= ${firstHour}
      AND ${service ? ofService(sql, service) : sql`true`}`;
}

async function findAttribute(
  sql: Sql,
  attribute: AttributeFilter,
  firstHour: number,
): Promise<AttributeCondition> {
  const { objects, hashes } = alternativesOf(attribute);
  const rows = await sql<{ id: number }[]>`
    SELECT id FROM telemetry_attribute_set
    WHERE attributes @> ANY(${[...objects]}::text[]::jsonb[]) AND last_hour >= ${firstHour}`;
  return { setIds: rows.map(({ id }) => id), objects, hashes };
}

async function findText(sql: Sql, text: string, firstHour: number): Promise<TextCondition> {
  const patterns = textPatterns(text);
  const [operations, sets] = await Promise.all([
    sql<{ id: number }[]>`
      SELECT id FROM telemetry_operation WHERE last_hour >= ${firstHour} AND name ILIKE ${patterns.plain}`,
    sql<{ id: number }[]>`
      SELECT id FROM telemetry_attribute_set s
      WHERE last_hour >= ${firstHour} AND attributes::text ILIKE ${patterns.json}
        AND EXISTS (SELECT 1 FROM jsonb_each_text(s.attributes) a WHERE a.value ILIKE ${patterns.plain})`,
  ]);
  return { ...patterns, operationIds: operations.map(({ id }) => id), setIds: sets.map(({ id }) => id) };
}
