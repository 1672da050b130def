import type { Database } from "../../../server/mesh/database.ts";

interface DatabasePart {
  readonly name: string;
  readonly bytes: number;
  readonly partitions: number;
}

const parts: readonly { readonly name: string; readonly tables: RegExp }[] = [
  { name: "spans and traces", tables: /^(span|trace)(_|$)/ },
  { name: "access logs", tables: /^access_log$/ },
  { name: "logs", tables: /^log_record$/ },
  { name: "edges", tables: /^edge_/ },
  { name: "decisions", tables: /^decision_/ },
  { name: "other metrics", tables: /^metric_point$/ },
  { name: "names and attributes", tables: /^telemetry_/ },
];
const others = "config and the rest";

/** Tables put together by what they hold, the largest part first; each table is in one part. */
export function databaseParts(tables: Database["tables"]): DatabasePart[] {
  const byPart = Map.groupBy(
    tables,
    ({ name }) => parts.find((part) => part.tables.test(name))?.name ?? others,
  );
  return [...byPart]
    .map(([name, own]) => ({
      name,
      bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
      partitions: own.reduce((sum, { partitions }) => sum + partitions, 0),
    }))
    .sort((a, b) => b.bytes - a.bytes);
}
