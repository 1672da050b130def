import { outsideMesh } from "@weir/domain";
import type { PendingQuery, Row, Sql } from "postgres";
import type { ServiceName } from "../answers.ts";

/** Which requests are meant: those that fulfil all of it. */
export interface RequestFilter {
  /** All versions of it. */
  readonly source?: ServiceName | undefined;
  readonly destination?: ServiceName | undefined;
  /** From or to a service of one of these. */
  readonly namespaces?: readonly string[] | undefined;
  /** The path begins so, letter by letter. */
  readonly pathPrefix?: string | undefined;
  /** First digit of the status; 0: no response. */
  readonly statusClass?: number | undefined;
  /** Exactly so; 0: no response. */
  readonly status?: number | undefined;
  /** Inclusive. */
  readonly minDurationMs?: number | undefined;
  /** With a decision that would have acted (in observe), or that did act. */
  readonly decided?: "would-act" | "acted" | undefined;
  /**
   * Also what a destination reports of requests that their source reports, too. Else each request is there once: as its
   * source has it, or its destination where the source stands outside the mesh.
   */
  readonly everyReport?: boolean | undefined;
}

/** The same in numbers of services. */
export interface RequestCondition extends Omit<RequestFilter, "source" | "destination" | "namespaces"> {
  readonly sourceIds: readonly number[] | undefined;
  readonly destinationIds: readonly number[] | undefined;
  /** Source or destination is one of these. */
  readonly eitherIds: readonly number[] | undefined;
  readonly outsideIds: readonly number[];
}

/** Has to be done anew now and then: a service that nobody has seen yet has no number. */
export async function resolveRequestFilter(
  sql: Sql,
  { source, destination, namespaces, ...rest }: RequestFilter,
): Promise<RequestCondition> {
  const [sourceIds, destinationIds, eitherIds, outsideIds] = await Promise.all([
    source && serviceIds(sql, source),
    destination && serviceIds(sql, destination),
    namespaces && namespaceIds(sql, namespaces),
    serviceIds(sql, outsideMesh),
  ]);
  return { ...rest, sourceIds, destinationIds, eitherIds, outsideIds };
}

/** Numbers of all versions of a service that telemetry told of. */
export async function serviceIds(sql: Sql, { namespace, service }: ServiceName): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    SELECT id FROM telemetry_service WHERE namespace = ${namespace} AND name = ${service}`;
  return rows.map(({ id }) => id);
}

/** Numbers of all services in these namespaces that telemetry told of. */
export async function namespaceIds(sql: Sql, namespaces: readonly string[]): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    SELECT id FROM telemetry_service WHERE namespace = ANY(${[...namespaces]}::text[])`;
  return rows.map(({ id }) => id);
}

/** What a row of `access_log` must fulfil, as ` AND …`. */
export function requestMatches(sql: Sql, condition: RequestCondition): PendingQuery<Row[]> {
  const { sourceIds, destinationIds, eitherIds, outsideIds } = condition;
  const { pathPrefix, statusClass, status, minDurationMs, decided } = condition;
  return sql`
    ${condition.everyReport ? sql`` : sql`AND (reporter = 0 OR source_id = ANY(${[...outsideIds]}::int[]))`}
    ${sourceIds ? sql`AND source_id = ANY(${[...sourceIds]}::int[])` : sql``}
    ${destinationIds ? sql`AND destination_id = ANY(${[...destinationIds]}::int[])` : sql``}
    ${eitherIds ? sql`AND (source_id = ANY(${[...eitherIds]}::int[]) OR destination_id = ANY(${[...eitherIds]}::int[]))` : sql``}
    ${pathPrefix ? sql`AND starts_with(path, ${pathPrefix})` : sql``}
    ${statusClass === undefined ? sql`` : sql`AND status / 100 = ${statusClass}`}
    ${status === undefined ? sql`` : sql`AND status = ${status}`}
    ${minDurationMs === undefined ? sql`` : sql`AND duration_ns >= ${Math.round(minDurationMs * 1e6)}::bigint`}
    ${decided === undefined ? sql`` : sql`AND decisions @> ${decisionLike(decided)}::text::jsonb`}`;
}

function decisionLike(decided: "would-act" | "acted"): string {
  return JSON.stringify([decided === "acted" ? { acted: true } : { wouldAct: true, acted: false }]);
}
