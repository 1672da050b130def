import { isTokenByte } from "./character-tables.ts";
import { Fields } from "./fields.ts";
import type { HeadScanner } from "./head-scanner.ts";
import { ParseFailure } from "./parse-failure.ts";

export interface RequestHead {
  readonly method: string;
  /** As sent: origin, absolute, authority or asterisk form (RFC 9112 3.2). */
  readonly target: string;
  /** 0 for HTTP/1.0, 1 for HTTP/1.1. */
  readonly minorVersion: 0 | 1;
  readonly fields: Fields;
}

interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly minorVersion: 0 | 1;
}

/** The head a scanner has found whole. Throws ParseFailure. */
export function parseRequestHead(scanner: HeadScanner): RequestHead {
  const { text, offsets } = scanner;
  const line = parseRequestLine(text.slice(scanner.startLineStart, scanner.startLineEnd));
  const fields = new Fields(text, offsets);
  checkHost(fields, line.minorVersion);
  return { method: line.method, target: line.target, minorVersion: line.minorVersion, fields };
}

/** `method SP request-target SP HTTP-version`, single spaces (RFC 9112 3). Throws ParseFailure. */
export function parseRequestLine(line: string): RequestLine {
  const first = line.indexOf(" ");
  const last = line.lastIndexOf(" ");
  if (first <= 0) throw new ParseFailure("request-line", "the request line has no target");
  const method = line.slice(0, first);
  checkMethod(method);
  if (first === last)
    throw new ParseFailure("http-0.9", "the request line names no version (HTTP/0.9 is not served)");
  const target = line.slice(first + 1, last);
  const minorVersion = parseVersion(line.slice(last + 1));
  checkTarget(method, target);
  return { method, target, minorVersion };
}

function parseVersion(version: string): 0 | 1 {
  if (version === "HTTP/1.1") return 1;
  if (version === "HTTP/1.0") return 0;
  if (/^HTTP\/\d\.\d$/.test(version))
    throw new ParseFailure("unknown-version", `${version} is not served here, HTTP/1.1 and HTTP/1.0 are`);
  throw new ParseFailure("request-line", "the request line does not end with a version");
}

/** Throws ParseFailure. */
export function checkMethod(method: string): void {
  for (let i = 0; i < method.length; i++)
    if (isTokenByte[method.charCodeAt(i)] !== 1)
      throw new ParseFailure("method", "the method has a character that no method has");
}

/** Of a form that RFC 9112 3.2 knows and that every server reads alike. Throws ParseFailure. */
export function checkTarget(method: string, target: string): void {
  for (let i = 0; i < target.length; i++) {
    const code = target.charCodeAt(i);
    if (code <= 0x20) throw new ParseFailure("request-target", "white space in the target");
    // No URI has them (RFC 3986 2): what one server takes for UTF-8, the next takes for Latin-1.
    if (code >= 0x7f) throw new ParseFailure("request-target", "a byte above ASCII in the target");
  }
  if (target.includes("#")) throw new ParseFailure("request-target", "a fragment in the target");
  if (method === "CONNECT") {
    if (!connectTarget.test(target))
      throw new ParseFailure("request-target", "CONNECT needs host:port (RFC 9112 3.2.3)");
    return;
  }
  if (target.charCodeAt(0) === 0x2f) return;
  if (target === "*" && method === "OPTIONS") return;
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?]/.test(target)) return;
  throw new ParseFailure("request-target", "the target is of no form that RFC 9112 3.2 knows");
}

/** Exactly one Host in 1.1, at most one in 1.0, and one that can be a host (RFC 9112 3.2). */
function checkHost(fields: Fields, minorVersion: 0 | 1): void {
  const host = fields.get("host");
  if (host === undefined) {
    if (minorVersion === 1) throw new ParseFailure("no-host", "HTTP/1.1 needs a Host");
    return;
  }
  if (fields.count("host") > 1) throw new ParseFailure("many-hosts", "more than one Host");
  if (!isAuthority(host)) throw new ParseFailure("host", "Host is not host or host:port");
}

const authority =
  /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+;=%-]+)(?::(?:\d{0,4}|[0-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5]))?$/;

const connectTarget = /^[^/?@,]+:(?:\d{1,4}|[0-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/;

/** `host` or `host:port` (RFC 9110 7.2): no list, no user, no path, and a port that can be connected to. */
export function isAuthority(text: string): boolean {
  return authority.test(text);
}
