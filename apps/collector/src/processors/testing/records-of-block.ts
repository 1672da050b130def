import type { SpanBlock } from "@weir/store";

/** The rows of a block as they would be read from the database. */
export function recordsOfBlock(block: SpanBlock | undefined) {
  if (!block) return [];
  return block.offsets.map((offset, i) => {
    const fields = fieldsAt(block.rows, offset);
    const json = (n: number): unknown => {
      const field = fields[n];
      return field && JSON.parse(field.toString("utf8", 1)); // behind the version of jsonb
    };
    const { identity: service } = block.services[i] as SpanBlock["services"][number];
    const shared = JSON.parse(block.attributeSets[i]?.text ?? "{}");
    return {
      traceId: fields[0]?.toString("hex"),
      spanId: fields[1]?.toString("hex"),
      parentSpanId: fields[10]?.toString("hex"),
      service,
      resource: JSON.parse(block.resources[i]?.text ?? "{}"),
      operation: block.operations[i]?.name,
      kind: fields[8]?.readInt16BE(),
      status: fields[9]?.readInt16BE(),
      statusMessage: fields[12]?.toString(),
      startNs: fields[2]?.readBigInt64BE(),
      durationNs: fields[3]?.readBigInt64BE(),
      attributes: { ...shared, ...(json(11) as object | undefined) },
      shared,
      events: json(13),
      links: json(14),
    };
  });
}

/** The fields of one row of a binary COPY; undefined for NULL. */
function fieldsAt(rows: Buffer, offset: number): (Buffer | undefined)[] {
  let at = offset + 2;
  return Array.from({ length: rows.readInt16BE(offset) }, () => {
    const length = rows.readInt32BE(at);
    at += 4;
    if (length < 0) return undefined;
    at += length;
    return rows.subarray(at - length, at);
  });
}
