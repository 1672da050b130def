import { expect, test } from "vitest";
import { databaseParts } from "./database-parts.ts";

test("each table is in one part, and the largest part comes first", () => {
  const tables = ["span", "span_value", "trace", "trace_mark", "edge_10s", "telemetry_service", "policy"].map(
    (name, index) => ({ name, bytes: 10 ** index, partitions: 1 }),
  );
  expect(databaseParts(tables)).toEqual([
    { name: "config and the rest", bytes: 1_000_000, partitions: 1 },
    { name: "names and attributes", bytes: 100_000, partitions: 1 },
    { name: "edges", bytes: 10_000, partitions: 1 },
    { name: "spans and traces", bytes: 1_111, partitions: 4 },
  ]);
});
