import type { RequestFacts } from "./request-facts.ts";

/**
 * Whether a request asks for a page, as browsers do: its Accept names `text/html` itself and does not refuse it (RFC 9110
 * 12.5.1). Programs that take anything say so by a wildcard, or not at all.
 */
export function asksForPage(request: RequestFacts): boolean {
  return request.header("accept")?.split(",").some(isPage) ?? false;
}

function isPage(range: string): boolean {
  const [type = "", ...parameters] = range.split(";");
  return type.trim().toLowerCase() === "text/html" && !parameters.some((text) => zeroWeight.test(text));
}

const zeroWeight = /^\s*q=0(?:\.0*)?\s*$/i;
