import type { Sql, TransactionSql } from "../../connection/open-sql.ts";
import type { TelemetryCaches } from "../caches.ts";
import {
  drawGraph,
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
import { valueRowsOf } from "./value-rows.ts";

/** All that can be done for spans before their transaction begins. */
export async function prepareSpans(
  sql: Sql,
  caches: TelemetryCaches,
  blocks: readonly SpanBlock[],
): Promise<PreparedGraph> {
  await resolveSpans(sql, caches, blocks);
  return prepareGraph(sql, caches, drawGraph(caches, blocks, traceRowsOf(blocks)));
}

/** Stores spans and the summaries of their traces; what comes back are the edges they make, which are not stored yet. */
export async function storeSpans(
  transaction: TransactionSql,
  caches: TelemetryCaches,
  prepared: PreparedGraph,
): Promise<SettledGraph> {
  await copySpans(transaction, prepared.blocks);
  await storeSpanValues(transaction, valueRowsOf(prepared.blocks));
  const counts = await upsertTraces(transaction, prepared.rows);
  return settleGraph(transaction, caches, prepared, counts);
}

/** What is left of a batch when some of its blocks turn out to be stored already. */
export function onlyBlocks(
  caches: TelemetryCaches,
  prepared: PreparedGraph,
  blocks: readonly SpanBlock[],
): PreparedGraph {
  if (blocks.length === prepared.blocks.length) return prepared;
  return drawGraph(caches, blocks, traceRowsOf(blocks));
}
