import type { Sql } from "../connection/open-sql.ts";
import type { ServiceIdentity } from "./records.ts";

export interface NamedOperation {
  readonly service: ServiceIdentity;
  readonly operation: string;
}

/** By operation, each service one object: a long trace names few of them, many times. */
export async function namedOperations(
  sql: Sql,
  operationIds: readonly number[],
): Promise<Map<number, NamedOperation>> {
  const rows = await sql<(ServiceIdentity & { id: number; serviceId: number; operation: string })[]>`
    SELECT o.id, o.name AS operation, s.id AS "serviceId", s.namespace, s.name, s.version
    FROM telemetry_operation o JOIN telemetry_service s ON s.id = o.service_id
    WHERE o.id = ANY(${[...operationIds]}::int[])`;
  const services = new Map(
    rows.map(({ serviceId, namespace, name, version }) => [serviceId, { namespace, name, version }]),
  );
  return new Map(
    rows.map(({ id, serviceId, operation }) => [
      id,
      { service: services.get(serviceId) ?? unknownOperation.service, operation },
    ]),
  );
}

/** Of a span whose names are not there any more. */
export const unknownOperation: NamedOperation = {
  service: { namespace: "", name: "", version: "" },
  operation: "",
};
