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
  const match = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: (.*))?$/s.exec(line);
  if (!match) throw new ParseFailure("status-line", "the upstream's status line is not one of HTTP/1.1");
  const status = Number(match[2]);
  const minorVersion = match[1] === "1" ? 1 : 0;
  // A recipient that knows 1.0 alone would take it for the answer, and the answer for the next one's.
  if (status < 200 && minorVersion === 0)
    throw new ParseFailure("status-line", "an interim response in HTTP/1.0 (RFC 9110 15.2)");
  return { status, reason: match[3] ?? "", minorVersion };
}
