import type { Sql } from "../connection/open-sql.ts";
import type { TelemetryCaches } from "./caches.ts";
import {
  endKey,
  resolveDecisionSeries,
  resolveEdgeSeries,
  resolveResources,
  resolveServices,
  serviceKey,
} from "./dictionaries.ts";
import type {
  AccessLogRecord,
  Attributes,
  DecisionPoint,
  EdgeEnd,
  EdgePoint,
  LogRecord,
  MetricPoint,
  ServiceIdentity,
  TelemetryRequest,
} from "./records.ts";

/** Records, but for spans, with the ids that stand for their services, operations, resources and series. */
export interface ResolvedRequest {
  readonly accessLogs: readonly (AccessLogRecord & {
    readonly sourceId: number;
    readonly destinationId: number;
  })[];
  readonly logs: readonly (LogRecord & WithService)[];
  readonly metricPoints: readonly (MetricPoint & WithService)[];
  readonly edgePoints: readonly (EdgePoint & { readonly seriesId: number })[];
  readonly decisionPoints: readonly (DecisionPoint & { readonly seriesId: number })[];
}

interface WithService {
  readonly serviceId: number;
  readonly resourceId: number;
}

/** Looks up (and adds) whatever the requests name; the result is in the order of the requests. */
export async function resolveRequests(
  sql: Sql,
  caches: TelemetryCaches,
  requests: readonly TelemetryRequest[],
): Promise<ResolvedRequest[]> {
  const edgePoints = requests.flatMap((request) => request.edgePoints);
  const decisionPoints = requests.flatMap((request) => request.decisionPoints);
  const services = await resolveServices(sql, caches, identitiesIn(requests));
  const resources = await resolveResources(sql, caches, resourcesIn(requests));
  const edgeIds = (await resolveEdgeSeries(sql, caches, services, edgePoints)).values();
  const decisionIds = (await resolveDecisionSeries(sql, caches, services, decisionPoints)).values();

  const owner = (record: { service: ServiceIdentity; resource: Attributes }): WithService => ({
    serviceId: services.get(serviceKey(record.service)) ?? 0,
    resourceId: resources.get(record.resource) ?? 0,
  });
  const idOf = (end: EdgeEnd) => services.get(endKey(end)) ?? 0;
  return requests.map((request) => ({
    accessLogs: request.accessLogs.map((record) => ({
      ...record,
      sourceId: idOf(record.source),
      destinationId: idOf(record.destination),
    })),
    logs: request.logs.map((record) => ({ ...record, ...owner(record) })),
    metricPoints: request.metricPoints.map((point) => ({ ...point, ...owner(point) })),
    edgePoints: request.edgePoints.map((point) => ({ ...point, seriesId: next(edgeIds) })),
    decisionPoints: request.decisionPoints.map((point) => ({ ...point, seriesId: next(decisionIds) })),
  }));
}

function next(ids: Iterator<number>): number {
  const { value } = ids.next();
  return value ?? 0;
}

function* identitiesIn(requests: readonly TelemetryRequest[]): Generator<ServiceIdentity> {
  for (const request of requests) {
    for (const list of [request.logs, request.metricPoints]) for (const { service } of list) yield service;
    for (const list of [request.accessLogs, request.edgePoints, request.decisionPoints])
      for (const { source, destination } of list)
        for (const { namespace, service, version } of [source, destination])
          yield { namespace, name: service, version };
  }
}

function* resourcesIn(requests: readonly TelemetryRequest[]): Generator<Attributes> {
  for (const request of requests)
    for (const list of [request.logs, request.metricPoints]) for (const { resource } of list) yield resource;
}
