/**
 * The functions of `@weir/store`, for procedures. Node loads that package by itself and as it stands, as it does in
 * every other process: it finds its migrations and its Postgres beside its own files, which a bundle takes away.
 * Types come from `@weir/store` directly.
 */
const store = await import(/* turbopackIgnore: true */ "@weir/store");

export const {
  channels,
  databaseState,
  decisionsOfPolicy,
  decisionsOfTrace,
  allNodeSignals,
  edgeHeatmap,
  edgeSignals,
  exemplarsOfCell,
  firstSigns,
  ingestHealth,
  logsOfTrace,
  mergedTopology,
  meshSignals,
  newestSlotEnd,
  nodeHeatmap,
  nodeSignals,
  openConfigStore,
  openSql,
  partitionsUntil,
  ping,
  recentRequests,
  requestSample,
  requestsOfTraces,
  rootPaths,
  searchTraces,
  signalsBetween,
  sentAndArrived,
  serviceOperations,
  spanDetails,
  subscribe,
  tailRequests,
  topRequests,
  topology,
  traceById,
  traceMarks,
  traceSkeleton,
  tracesOfEdge,
  versionSplit,
} = store;
