import { appMesh } from "./app-mesh.ts";
import { consul } from "./consul.ts";
import { envoy } from "./envoy.ts";
import { hubble } from "./hubble.ts";
import { istio } from "./istio.ts";
import { kuma } from "./kuma.ts";
import { linkerd } from "./linkerd.ts";
import type { Measure, MeshTable } from "./mesh-table.ts";

/** Who reads a metric's labels, and which part of a histogram a name is. */
export interface MetricReader {
  readonly table: MeshTable;
  readonly measure: Measure;
  readonly part: "counter" | "bucket" | "sum" | "count";
}

/** Of those that read the same metric the first one that knows its labels counts: plain Envoy comes last. */
const tables: readonly MeshTable[] = [istio, linkerd, hubble, appMesh, consul, kuma, envoy];

/** By the names of samples. */
export const metricReaders: ReadonlyMap<string, readonly MetricReader[]> = Map.groupBy(
  tables.flatMap((table) => table.measures.flatMap((measure) => readersOf(table, measure))),
  ({ measure, part }) => (part === "counter" ? measure.metric : `${measure.metric}_${part}`),
);

/** Prefixes of metrics for whose sake another table yields. */
export const betterPrefixes: readonly string[] = [
  ...new Set(tables.flatMap(({ yieldsTo = [] }) => yieldsTo)),
];

function readersOf(table: MeshTable, measure: Measure): MetricReader[] {
  const parts = measure.of === "duration" ? (["bucket", "sum", "count"] as const) : (["counter"] as const);
  return parts.map((part) => ({ table, measure, part }));
}
