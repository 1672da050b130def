import type { Sql } from "@weir/store";

/** A service has so many operations; operation `n` of service `s` has the id `(s - 1) * 10 + n + 1`. */
export const operationsPerService = 10;

/**
 * Services 1 to `services`, their operations and resources, and attribute sets by two: odd ids of spans that went
 * well, even ids of spans that failed. Each of a hundred tenants stands in a hundredth of the sets.
 */
export async function loadDictionaries(
  sql: Sql,
  { services, attributeSets, untilMs }: { services: number; attributeSets: number; untilMs: number },
): Promise<void> {
  const lastHour = Math.floor(untilMs / 3_600_000) - 1;
  await sql.unsafe(`
    INSERT INTO telemetry_service (id, namespace, name, version) OVERRIDING SYSTEM VALUE
    SELECT s, 'team-' || s % 20, 'service-' || s, 'v1' FROM generate_series(1, ${services}) AS s;

    INSERT INTO telemetry_operation (id, service_id, name, digest, last_hour) OVERRIDING SYSTEM VALUE
    SELECT (s - 1) * ${operationsPerService} + n + 1, s, name, md5(name)::uuid, ${lastHour}
    FROM generate_series(1, ${services}) AS s, generate_series(0, ${operationsPerService - 1}) AS n,
      LATERAL (SELECT 'GET /' || s || '/' || n AS name) AS named;

    INSERT INTO telemetry_resource (id, digest, attributes) OVERRIDING SYSTEM VALUE
    SELECT s, md5(s::text)::uuid, jsonb_build_object('service.name', 'service-' || s, 'host.name', 'node-' || s % 50)
    FROM generate_series(1, ${services}) AS s;

    INSERT INTO telemetry_attribute_set (id, digest, attributes, last_hour) OVERRIDING SYSTEM VALUE
    SELECT id, md5(id::text)::uuid, jsonb_build_object('http.request.method', 'GET',
      'http.response.status_code', CASE id % 2 WHEN 1 THEN 200 ELSE 503 END, 'http.route', '/' || id / 2 || '/{id}',
      'tenant', 'tenant-' || id % 100, 'url.scheme', 'http', 'server.port', 8080), ${lastHour}
    FROM generate_series(1, ${attributeSets}) AS id;
    ANALYZE telemetry_service, telemetry_operation, telemetry_resource, telemetry_attribute_set`);
}
