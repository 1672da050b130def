/**
 * Everything Weir keeps in Postgres, and the only place that talks to it.
 *
 * `openConfigStore` is the config model (Prisma, loaded with the first call); `openSql` is the way to telemetry:
 * `commitTelemetry` writes, and each question has its own function and file under `telemetry/`. Before either,
 * `migrate` brings a database to this release's schema; `startEmbeddedPostgres` runs one where there is none.
 */
export type * from "./config/config-store.ts";
export type { Listing, UnreadableRow } from "./config/listing.ts";
export { NotFound } from "./config/not-found.ts";
export { openConfigStore } from "./config/open-config-store.ts";
export { StaleRevision } from "./config/stale-revision.ts";
export { checkDatabase } from "./connection/check-database.ts";
export { DatabaseUnreachable, type UnreachableReason } from "./connection/database-unreachable.ts";
export { openSql, ping, type Sql, type SqlSettings } from "./connection/open-sql.ts";
export { serverVersion } from "./connection/server-version.ts";
export { type Election, type ElectionSettings, standForElection } from "./connection/stand-for-election.ts";
export { type Channel, channels, type SubscriptionState, subscribe } from "./connection/subscribe.ts";
export { EmbeddedPostgresFailed } from "./embedded/embedded-postgres-failed.ts";
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresSettings,
  startEmbeddedPostgres,
} from "./embedded/start-embedded-postgres.ts";
export type { ActsCourse, EnforcementCourse, SignalsCourse } from "./enforcement/enforcement-course.ts";
export { EnforcementRefused } from "./enforcement/enforcement-refused.ts";
export type * from "./enforcement/enforcement-store.ts";
export { enforcementTicks } from "./enforcement/enforcement-ticks.ts";
export { enforcementsOfRevisions } from "./enforcement/enforcements-of-revisions.ts";
export { coursesToKeep, keepCourse, presentCourse } from "./enforcement/kept-courses.ts";
export { predictEnforcement } from "./enforcement/predict-enforcement.ts";
export { type DatabaseState, databaseState } from "./migrate/database-state.ts";
export { type MigrateSettings, migrate } from "./migrate/migrate.ts";
export { MigrationFailed } from "./migrate/migration-failed.ts";
export type * from "./notifications/notification-store.ts";
export { RolloutRefused } from "./rollouts/rollout-refused.ts";
export type * from "./rollouts/rollout-store.ts";
export { StalePlan } from "./rollouts/stale-plan.ts";
export { type AddedBySidecar, addedBySidecar } from "./telemetry/added-by-sidecar.ts";
export type * from "./telemetry/answers.ts";
export { BoundedMap, createTelemetryCaches, type TelemetryCaches } from "./telemetry/caches.ts";
export { type Committed, commitTelemetry } from "./telemetry/commit-telemetry.ts";
export { type DatabaseSize, databaseSize, type TableSize } from "./telemetry/database-size.ts";
export {
  type DecidedRoute,
  type DecidedRoutes,
  type DecidedRoutesSettings,
  decidedRoutes,
} from "./telemetry/decided-routes.ts";
export { type DecisionsByEdge, decisionsByEdge } from "./telemetry/decisions-by-edge.ts";
export { type DecisionsByPolicy, decisionsByPolicy } from "./telemetry/decisions-by-policy.ts";
export { type DecisionsByRoute, decisionsByRoute } from "./telemetry/decisions-by-route.ts";
export { type DecisionsBySource, decisionsBySource } from "./telemetry/decisions-by-source.ts";
export { decisionsOfPolicy } from "./telemetry/decisions-of-policy.ts";
export { type DecisionsOfService, decisionsOfService } from "./telemetry/decisions-of-service.ts";
export { decisionsOfTrace, type SpanDecisions } from "./telemetry/decisions-of-trace.ts";
export { type Folded, type FoldSettings, foldEdgeDeltas } from "./telemetry/edges/fold-edge-deltas.ts";
export { type CellExemplar, exemplarsOfCell, type HeatmapCell } from "./telemetry/exemplars-of-cell.ts";
export { type FirstSigns, firstSigns } from "./telemetry/first-signs.ts";
export { edgeHeatmap, type Heatmap, type HeatmapColumn, nodeHeatmap } from "./telemetry/heatmap.ts";
export { InvalidRecord } from "./telemetry/ids.ts";
export { ingestHealth } from "./telemetry/ingest-health.ts";
export { bytesToText, jsonText } from "./telemetry/json-text.ts";
export { keptTraces, type RequestMoment } from "./telemetry/kept-traces.ts";
export { knownServices } from "./telemetry/known-services.ts";
export { knowsService } from "./telemetry/knows-service.ts";
export { logsOfTrace } from "./telemetry/logs-of-trace.ts";
export { maintainPartitions, type PartitionSettings } from "./telemetry/maintain-partitions.ts";
export { mergedTopology } from "./telemetry/merged-topology.ts";
export { newestSlotEnd } from "./telemetry/newest-slot-end.ts";
export {
  type DecisionFilter,
  type ObservedDecisions,
  observedDecisions,
} from "./telemetry/observed-decisions.ts";
export { partitionsUntil } from "./telemetry/partitions-until.ts";
export { pathTemplate } from "./telemetry/path-template.ts";
export { presentTraffic, type RecentTraffic } from "./telemetry/present-traffic.ts";
export { type RecentSettings, recentRequests } from "./telemetry/recent-requests.ts";
export type * from "./telemetry/records.ts";
export {
  type RegisteredSidecar,
  type RegisteredSidecars,
  registeredEndpoints,
} from "./telemetry/registered-endpoints.ts";
export { type RequestsOf, requestSample, requestsOfTraces } from "./telemetry/request-sample.ts";
export { openRequestShapes, type RequestShape } from "./telemetry/request-shapes.ts";
export type * from "./telemetry/requests/request-filter.ts";
export type { SampledRequest } from "./telemetry/requests/request-spans.ts";
export { defaultRetention, type Retention, retentionOf } from "./telemetry/retention.ts";
export { rootPaths } from "./telemetry/root-paths.ts";
export type { AttributeFilter } from "./telemetry/search/attribute-filter.ts";
export { searchTraces, type TraceSearch } from "./telemetry/search-traces.ts";
export { type SentAndArrived, sentAndArrived } from "./telemetry/sent-and-arrived.ts";
export { edgeSeries, nodeSeries, versionSplit, versionTotals } from "./telemetry/series.ts";
export { type ArrivalRows, type ServiceArrivals, serviceArrivals } from "./telemetry/service-arrivals.ts";
export { serviceOperations } from "./telemetry/service-operations.ts";
export { type ServiceRoute, type ServiceRoutes, serviceRoutes } from "./telemetry/service-routes.ts";
export { type AddedTime, type SidecarOverhead, sidecarOverhead } from "./telemetry/sidecar-overhead.ts";
export { type SidecarUsage, sidecarUsage } from "./telemetry/sidecar-usage.ts";
export {
  type Between,
  edgeSignals,
  meshSignals,
  nodeSignals,
  type PlaceName,
  type Signals,
  serviceTotals,
  signalsBetween,
  totalBetween,
} from "./telemetry/signals.ts";
export { type SpanColumns, spanColumns } from "./telemetry/span-columns.ts";
export { spanDetails } from "./telemetry/span-details.ts";
export type { SpanGraphCounts } from "./telemetry/span-graph/span-graph.ts";
export type * from "./telemetry/spans/dictionary-entry.ts";
export type { SpanBlock } from "./telemetry/spans/span-block.ts";
export { spanBlockOf } from "./telemetry/spans/span-block-of.ts";
export { SpanBlockWriter, type SpanHead } from "./telemetry/spans/span-block-writer.ts";
export { SpanDictionary } from "./telemetry/spans/span-dictionary.ts";
export { spansHolding } from "./telemetry/spans-holding.ts";
export { statusClasses } from "./telemetry/status-classes.ts";
export { summariseNewRows } from "./telemetry/summarise-new-rows.ts";
export { type TailSettings, type TailSource, tailRequests } from "./telemetry/tail-requests.ts";
export {
  type TopKey,
  type TopQuery,
  type TopRequests,
  type TopRow,
  type TopSort,
  topRequests,
} from "./telemetry/top-requests.ts";
export { topology } from "./telemetry/topology.ts";
export { traceById } from "./telemetry/trace-by-id.ts";
export { traceSkeleton } from "./telemetry/trace-skeleton.ts";
export { tracesOfEdge } from "./telemetry/traces-of-edge.ts";
export { type VersionSlot, type VersionSlots, versionSlots } from "./telemetry/version-slots.ts";
export { type VersionTick, versionTicks } from "./telemetry/version-ticks.ts";
