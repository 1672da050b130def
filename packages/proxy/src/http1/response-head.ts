import { Fields } from "./fields.ts";
import type { HeadScanner } from "./head-scanner.ts";
import { ParseFailure } from "./parse-failure.ts";

export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  readonly minorVersion: 0 | 1;
  readonly fields: Fields;
}

/** The head a scanner has found whole. Throws ParseFailure. */
export function parseResponseHead(scanner: HeadScanner): ResponseHead {
  const { text, offsets } = scanner;
  const line = parseStatusLine(text.slice(scanner.startLineStart, scanner.startLineEnd));
  return { ...line, fields: new Fields(text, offsets) };
}

/** `HTTP-version SP status-code SP [reason]`; the space before an empty reason may be missing (RFC 9112 4). */
export function parseStatusLine(line: string): { status: number; reason: string; minorVersion: 0 | 1 } {
  const minor = line.charCodeAt(7) - 0x30;
  const status = Number(line.slice(9, 12));
  const wellFormed =
    line.startsWith("HTTP/1.") &&
    (minor === 0 || minor === 1) &&
    line.charCodeAt(8) === 0x20 &&
    line.charCodeAt(9) !== 0x30 &&
    isDigit(line, 9) &&
    isDigit(line, 10) &&
    isDigit(line, 11) &&
    (line.length === 12 || line.charCodeAt(12) === 0x20);
  if (!wellFormed) throw new ParseFailure("status-line", "the upstream's status line is not one of HTTP/1.1");
  // A recipient that knows 1.0 alone would take it for the answer, and the answer for the next one's.
  if (status < 200 && minor === 0)
    throw new ParseFailure("status-line", "an interim response in HTTP/1.0 (RFC 9110 15.2)");
  return { status, reason: line.slice(13), minorVersion: minor };
}

function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0x30 && code <= 0x39;
}
