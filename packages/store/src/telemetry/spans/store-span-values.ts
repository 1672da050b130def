import type { TransactionSql } from "../../connection/open-sql.ts";
import { clampInt8 } from "../copy-text.ts";
import { hourNs } from "../time.ts";
import type { ValueRow } from "./value-rows.ts";

/** Stores what spans are found by when somebody searches for an attribute of their own. */
export async function storeSpanValues(transaction: TransactionSql, rows: readonly ValueRow[]): Promise<void> {
  if (rows.length === 0) return;
  await transaction`
    INSERT INTO span_value (hour_ns, hashes, owners, traces)
    SELECT hour_ns, hashes::int[], owners::smallint[], traces::uuid[]
    FROM unnest(${rows.map(({ hour }) => String(clampInt8(BigInt(hour) * hourNs)))}::bigint[],
      ${rows.map(({ hashes }) => `{${hashes.join()}}`)}::text[],
      ${rows.map(({ owners }) => `{${owners.join()}}`)}::text[],
      ${rows.map(({ traces }) => `{${traces.map(hexOf).join()}}`)}::text[])
      AS added (hour_ns, hashes, owners, traces)`;
}

function hexOf(trace: string): string {
  return Buffer.from(trace, "latin1").toString("hex");
}
