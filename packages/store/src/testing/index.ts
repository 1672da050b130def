/**
 * For benchmarks and tests that need a store which has long been in use: rollups of edges written slot by slot, by the
 * encoder that writes all others, without the hours it takes to commit and fold them.
 */
export {
  completeEdges,
  type EdgeEntry,
  resolveEdges,
  writeEdgeSlot,
} from "../telemetry/edges/testing/write-edge-slot.ts";
