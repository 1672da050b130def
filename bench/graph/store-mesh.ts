import { commitTelemetry, createTelemetryCaches, foldEdgeDeltas, type Sql } from "@weir/store";
import { edgePoints } from "../query/mesh-edges.ts";

export interface MeshSize {
  readonly services: number;
  readonly edges: number;
}

const slotSeconds = 30;
const slots = 10;

export interface StoredMesh {
  /** As a collector commits what sidecars report: all edges have newer numbers, and pages are told. */
  commitNext(): Promise<void>;
}

/** Five minutes of a mesh's traffic, committed and folded as by a collector; always the same but for the time. */
export async function storeMesh(sql: Sql, size: MeshSize, nowMs: () => number): Promise<StoredMesh> {
  const caches = createTelemetryCaches();
  const points = edgePoints(size, slotSeconds);
  let commits = 0;
  const commit = async (timeMs: number) => {
    const digest = new Uint8Array(32);
    new DataView(digest.buffer).setUint32(0, ++commits);
    const none = { accessLogs: [], logs: [], decisionPoints: [], metricPoints: [] };
    const request = { digest, ...none, edgePoints: points.map((point) => ({ ...point, timeMs })) };
    await commitTelemetry(sql, { requests: [request] }, caches);
  };
  const fold = async () => {
    while ((await foldEdgeDeltas(sql, { nowMs: nowMs() })).more);
  };
  const startMs = nowMs();
  for (let slot = slots; slot > 0; slot--) await commit(startMs - slot * slotSeconds * 1_000);
  await fold();
  return {
    async commitNext() {
      await commit(nowMs());
      await fold();
    },
  };
}
