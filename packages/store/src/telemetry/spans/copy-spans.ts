import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { copyIn } from "../../connection/copy-stream.ts";
import type { TransactionSql } from "../../connection/open-sql.ts";
import { rowLayout, type SpanBlock, spanColumns } from "./span-block.ts";

/** Signature, flags and length of an extension that is not there (Postgres: COPY, Binary Format). */
const header = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const trailer = Buffer.from([0xff, 0xff]);

/** Stores spans whose entries have been resolved. */
export async function copySpans(transaction: TransactionSql, blocks: readonly SpanBlock[]): Promise<void> {
  if (blocks.length === 0) return;
  for (const block of blocks) fillInIds(block);
  const target = await copyIn(
    transaction`COPY span (${transaction(spanColumns)}) FROM STDIN (FORMAT binary)`,
  );
  const chunks = [header, ...blocks.map(({ rows }) => rows), trailer];
  await pipeline(Readable.from(chunks, { objectMode: false }), target);
}

function fillInIds({
  length,
  rows,
  offsets,
  services,
  operations,
  resources,
  attributeSets,
}: SpanBlock): void {
  for (let i = 0; i < length; i++) {
    const row = offsets[i] as number;
    rows.writeInt32BE(services[i]?.id ?? 0, row + rowLayout.serviceId);
    rows.writeInt32BE(operations[i]?.id ?? 0, row + rowLayout.operationId);
    rows.writeInt32BE(resources[i]?.id ?? 0, row + rowLayout.resourceId);
    rows.writeInt32BE(attributeSets[i]?.id ?? 0, row + rowLayout.attributeSetId);
  }
}
