import type { Sql, TransactionSql } from "../../connection/open-sql.ts";
import type { TelemetryCaches } from "../caches.ts";
import {
  drawGraph,
  forgetGraph,
  type PreparedGraph,
  prepareGraph,
  type SettledGraph,
  settleGraph,
} from "../span-graph/span-graph.ts";
import { upsertTraces } from "../upsert-traces.ts";
import { copySpans } from "./copy-spans.ts";
import { resolveSpans } from "./resolve-spans.ts";
import type { SpanBlock } from "./span-block.ts";
import { storeSpanValues } from "./store-span-values.ts";
import { traceRowsOf } from "./trace-rows.ts";
import { type ValueRow, valueRowsOf } from "./value-rows.ts";

/** Spans with all that could be done for them before their transaction begins. */
export interface PreparedSpans {
  readonly blocks: readonly SpanBlock[];
  readonly values: readonly ValueRow[];
  readonly graph: PreparedGraph;
}

export async function prepareSpans(
  sql: Sql,
  caches: TelemetryCaches,
  blocks: readonly SpanBlock[],
): Promise<PreparedSpans> {
  await resolveSpans(sql, caches, blocks);
  const { values, graph } = prepare(caches, blocks);
  return { blocks, values, graph: await prepareGraph(sql, caches, graph) };
}

/** Stores spans and the summaries of their traces; what comes back are the edges they make, which are not stored yet. */
export async function storeSpans(
  transaction: TransactionSql,
  caches: TelemetryCaches,
  { blocks, values, graph }: PreparedSpans,
): Promise<SettledGraph> {
  await copySpans(transaction, blocks);
  await storeSpanValues(transaction, values);
  const stored = await upsertTraces(transaction, graph.rows);
  return settleGraph(transaction, caches, graph, stored);
}

/** What is left of a batch when some of its blocks turn out to be stored already. */
export function onlyBlocks(
  caches: TelemetryCaches,
  prepared: PreparedSpans,
  blocks: readonly SpanBlock[],
): PreparedSpans {
  if (blocks.length === prepared.blocks.length) return prepared;
  forgetGraph(caches, prepared.graph);
  return prepare(caches, blocks);
}

function prepare(caches: TelemetryCaches, blocks: readonly SpanBlock[]): PreparedSpans {
  return { blocks, values: valueRowsOf(blocks), graph: drawGraph(caches, blocks, traceRowsOf(blocks)) };
}
