import type { Writable } from "node:stream";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { cleanText, jsonText } from "./json-text.ts";

/** A value in COPY's text format (Postgres, COPY, File Formats): columns by tabs, rows by newlines, `\N` is NULL. */
export type CopyField = string;

export const copyNull: CopyField = "\\N";

export function copyText(value: string | undefined): CopyField {
  return value === undefined ? copyNull : escapeField(cleanText(value));
}

export function copyJson(value: unknown): CopyField {
  return value === undefined ? copyNull : escapeField(jsonText(value));
}

/** Clamped to 8 bytes: OTLP's times are unsigned, and a clock that is off must not make a batch fail. */
export function copyInt8(value: bigint | number): CopyField {
  if (typeof value === "bigint") return String(clampInt8(value));
  if (Number.isNaN(value)) return "0";
  return Math.abs(value) < 2 ** 53 ? String(Math.round(value)) : String(value > 0 ? int8Max : int8Min);
}

export function copyInt2(value: number): CopyField {
  return String(clampInt2(value));
}

export function copyFloat8(value: number | undefined): CopyField {
  return value === undefined ? copyNull : String(value); // Infinity and NaN are Postgres' own spelling
}

const int8Max = 2n ** 63n - 1n;
const int8Min = -(2n ** 63n);

export function clampInt8(value: bigint): bigint {
  return value > int8Max ? int8Max : value < int8Min ? int8Min : value;
}

export function clampInt2(value: number): number {
  return Number.isNaN(value) ? 0 : Math.max(-32_768, Math.min(32_767, Math.round(value)));
}

const special = /[\\\n\r\t]/;
const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escapeField(text: string): string {
  return special.test(text) ? text.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? "") : text;
}

const chunkLength = 64 * 1024;

/** Sends rows to a COPY in progress; resolves when the server has taken them all. */
export async function copyRows(target: Writable, rows: Iterable<readonly CopyField[]>): Promise<void> {
  await pipeline(Readable.from(chunks(rows), { objectMode: false }), target);
}

function* chunks(rows: Iterable<readonly CopyField[]>): Generator<Buffer> {
  let text = "";
  for (const row of rows) {
    text += `${row.join("\t")}\n`;
    if (text.length >= chunkLength) {
      yield Buffer.from(text);
      text = "";
    }
  }
  if (text !== "") yield Buffer.from(text);
}
