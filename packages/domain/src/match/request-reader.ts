import { parseIp } from "../authorization/cidr.ts";
import { normalPath } from "./normal-path.ts";
import type { RequestFacts } from "./request-facts.ts";

/**
 * What has to be parsed before it can be compared. The last text of each kind is remembered with its result, so
 * that however many rules ask, it is parsed once a request, and not at all when none asks.
 */
export class RequestReader {
  #query = "";
  #parameters = new Map<string, string>();
  #cookieText = "";
  #cookies = new Map<string, string>();
  #path = "";
  #normalPath = "";
  #address = "";
  #ip: readonly number[] | undefined;

  /** A query parameter, decoded (`+` is a blank); the first where it is repeated. */
  parameter(request: RequestFacts, name: string): string | undefined {
    const { query } = request;
    if (query === "") return undefined;
    if (query !== this.#query) {
      this.#parameters = new Map();
      for (const [key, value] of new URLSearchParams(query))
        if (!this.#parameters.has(key)) this.#parameters.set(key, value);
      this.#query = query;
    }
    return this.#parameters.get(name);
  }

  /** A cookie as it was sent, without quotes around it; the first where it is repeated (RFC 6265 5.4). */
  cookie(request: RequestFacts, name: string): string | undefined {
    const text = request.header("cookie");
    if (text === undefined) return undefined;
    if (text !== this.#cookieText) {
      this.#cookies = parseCookies(text);
      this.#cookieText = text;
    }
    return this.#cookies.get(name);
  }

  /** The path that authorization compares; see `normalPath`. */
  normalPath(request: RequestFacts): string {
    if (request.path !== this.#path) {
      this.#normalPath = normalPath(request.path);
      this.#path = request.path;
    }
    return this.#normalPath;
  }

  /** The peer's address as groups of 16 bits; undefined where it is unknown. */
  ip(request: RequestFacts): readonly number[] | undefined {
    if (request.sourceAddress !== this.#address) {
      this.#ip = parseIp(request.sourceAddress);
      this.#address = request.sourceAddress;
    }
    return this.#ip;
  }
}

function parseCookies(text: string): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of text.split(";")) {
    const equals = pair.indexOf("=");
    if (equals < 0) continue;
    const name = pair.slice(0, equals).trim();
    if (!cookies.has(name))
      cookies.set(
        name,
        pair
          .slice(equals + 1)
          .trim()
          .replace(/^"(.*)"$/, "$1"),
      );
  }
  return cookies;
}
