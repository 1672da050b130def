import { FieldNames } from "./field-name.ts";
import { type Fields, listMembers } from "./fields.ts";
import { hopByHop, hopByHopAndCoding, namedInConnection } from "./hop-by-hop.ts";
import type { ResponseHead } from "./response-head.ts";

/** How the connection to the next hop is to be talked about. */
export interface HeadOptions {
  /** The protocol asked for or changed to; its fields then pass. */
  readonly upgrade?: string | undefined;
  /** The connection ends after this message. */
  readonly close?: boolean | undefined;
  /** `keep`: as the fields say. `chunked`: the body is chunked here. `none`: its chunks were taken off. */
  readonly coding?: "keep" | "chunked" | "none" | undefined;
}

/**
 * A request head as the upstream gets it: HTTP/1.1, fields in their order and case, hop-by-hop ones gone. What the
 * caller named in Connection was taken off when it came in.
 */
export function writeRequestHead(
  method: string,
  target: string,
  fields: Fields,
  options: HeadOptions,
): string {
  const trailers = acceptsTrailers(fields);
  let text = `${method} ${target} HTTP/1.1\r\n${fieldLines(fields, options, undefined)}`;
  if (trailers) text += "TE: trailers\r\n";
  if (options.upgrade !== undefined)
    return `${text}Connection: Upgrade\r\nUpgrade: ${options.upgrade}\r\n\r\n`;
  return trailers ? `${text}Connection: TE\r\n\r\n` : `${text}\r\n`;
}

/** A response head as the caller gets it; its status line says HTTP/1.1 whatever the upstream's said (RFC 9110 6.2). */
export function writeResponseHead(head: ResponseHead, options: HeadOptions): string {
  // No 1xx and no 204 has a coding (RFC 9112 6.1), whatever an upstream says.
  const bodyless = head.status < 200 || head.status === 204;
  const lines = fieldLines(head.fields, bodyless ? uncoded : options, namesOf(head.fields));
  const text = `HTTP/1.1 ${head.status} ${head.reason}\r\n${lines}`;
  if (options.upgrade !== undefined)
    return `${text}Connection: Upgrade\r\nUpgrade: ${options.upgrade}\r\n\r\n`;
  return options.close ? `${text}Connection: close\r\n\r\n` : `${text}\r\n`;
}

/** The end of a chunked body after its last chunk's line; fields named in the head's Connection stay behind. */
export function writeTrailers(trailers: Fields, head: Fields): string {
  return trailers.length === 0 ? "\r\n" : `${trailers.lines(hopByHop, namesOf(head))}\r\n`;
}

const uncoded: HeadOptions = { coding: "none" };

function fieldLines(fields: Fields, { coding }: HeadOptions, named: FieldNames | undefined): string {
  if (coding === "none") return fields.lines(hopByHopAndCoding, named);
  if (coding === "chunked") return `${fields.lines(hopByHopAndCoding, named)}Transfer-Encoding: chunked\r\n`;
  return fields.lines(hopByHop, named);
}

function namesOf(fields: Fields): FieldNames | undefined {
  const named = namedInConnection(fields);
  return named && named.length > 0 ? new FieldNames(named) : undefined;
}

/** Of TE only `trailers` may pass (RFC 9110 10.1.4). */
function acceptsTrailers(fields: Fields): boolean {
  const te = fields.list("te");
  return te !== undefined && listMembers(te).includes("trailers");
}
