import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { copyIn, copyOut } from "./copy-stream.ts";
import type { Sql, TransactionSql } from "./open-sql.ts";

/**
 * COPY in its binary format (Postgres, COPY, Binary Format), which spares bytea the detour through hexadecimal text:
 * a signature, then for each row the number of its fields, and before each field its length, -1 for NULL.
 */
export type BinaryField = Buffer | null;

const signature = Buffer.from("PGCOPY\n\xff\r\n\0", "latin1");
/** Signature, flags, length of an extension that is not there. */
const header = Buffer.concat([signature, Buffer.alloc(8)]);
const trailer = Buffer.from([0xff, 0xff]);

/**
 * The rows of a query, each given to `onRow` as it comes. Fields are parts of what was received: whoever keeps one keeps
 * the whole message.
 *
 * @param query as SQL, since COPY takes no parameters.
 */
export async function readBinaryRows(
  sql: Sql | TransactionSql,
  query: string,
  onRow: (fields: readonly BinaryField[]) => void,
): Promise<void> {
  const stream = await copyOut(sql`COPY (${sql.unsafe(query)}) TO STDOUT (FORMAT binary)`);
  const parser = new RowParser(onRow);
  let failure: unknown;
  // Read to its end even when a row could not be taken: the client waits for somebody who does, for ever.
  stream.on("data", (bytes: Buffer) => {
    if (failure !== undefined) return;
    try {
      parser.take(bytes);
    } catch (error) {
      failure = error;
    }
  });
  await new Promise<void>((resolve, reject) => {
    stream.on("error", reject);
    stream.on("end", () => {
      if (failure !== undefined) reject(failure);
      else resolve();
    });
  });
}

class RowParser {
  readonly #onRow: (fields: readonly BinaryField[]) => void;
  #rest: Buffer = Buffer.alloc(0);
  #at = 0;
  #started = false;

  constructor(onRow: (fields: readonly BinaryField[]) => void) {
    this.#onRow = onRow;
  }

  take(bytes: Buffer): void {
    this.#rest = this.#at < this.#rest.length ? Buffer.concat([this.#rest.subarray(this.#at), bytes]) : bytes;
    this.#at = 0;
    if (!this.#started) {
      if (this.#rest.length < header.length) return;
      this.#at = header.length + this.#rest.readInt32BE(signature.length + 4);
      this.#started = true;
    }
    while (this.#row());
  }

  #row(): boolean {
    const bytes = this.#rest;
    let at = this.#at;
    if (at + 2 > bytes.length) return false;
    const count = bytes.readInt16BE(at);
    at += 2;
    if (count < 0) return false;
    const fields: BinaryField[] = [];
    for (let i = 0; i < count; i++) {
      if (at + 4 > bytes.length) return false;
      const length = bytes.readInt32BE(at);
      at += 4;
      if (length > bytes.length - at) return false;
      fields.push(length < 0 ? null : bytes.subarray(at, at + length));
      at += Math.max(0, length);
    }
    this.#at = at;
    this.#onRow(fields);
    return true;
  }
}

/**
 * Inserts rows; resolves when the server has taken them all.
 *
 * @param table as SQL, with the columns in the order of the rows.
 */
export async function writeBinaryRows(
  transaction: TransactionSql,
  table: string,
  rows: Iterable<readonly (Uint8Array | null)[]>,
): Promise<void> {
  const target = await copyIn(transaction`COPY ${transaction.unsafe(table)} FROM STDIN (FORMAT binary)`);
  await pipeline(Readable.from(chunks(rows), { objectMode: false }), target);
}

const chunkLength = 64 * 1024;

function* chunks(rows: Iterable<readonly (Uint8Array | null)[]>): Generator<Buffer> {
  let parts: Uint8Array[] = [header];
  let length = header.length;
  for (const fields of rows) {
    const count = Buffer.alloc(2);
    count.writeInt16BE(fields.length);
    parts.push(count);
    for (const field of fields) {
      parts.push(int4Field(field === null ? -1 : field.length));
      if (field) parts.push(field);
      length += 4 + (field?.length ?? 0);
    }
    length += 2;
    if (length < chunkLength) continue;
    yield Buffer.concat(parts, length);
    parts = [];
    length = 0;
  }
  yield Buffer.concat([...parts, trailer], length + trailer.length);
}

export function int2Field(value: number): Buffer {
  const field = Buffer.alloc(2);
  field.writeInt16BE(value);
  return field;
}

export function int4Field(value: number): Buffer {
  const field = Buffer.alloc(4);
  field.writeInt32BE(value);
  return field;
}

/** @param value a whole number that a double holds exactly. */
export function int8Field(value: number): Buffer {
  const field = Buffer.alloc(8);
  field.writeBigInt64BE(BigInt(value));
  return field;
}
