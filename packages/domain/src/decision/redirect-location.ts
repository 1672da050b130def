import type { RequestFacts } from "../match/request-facts.ts";
import { withoutTrailingSlash } from "../match/without-trailing-slash.ts";
import type { NewPath, RedirectSpec } from "../policy/rewrite-spec.ts";

/**
 * The path that `to` makes of the one asked for. `prefixLength` is how much of it matched, its trailing slash not
 * counted (Gateway API: ReplacePrefixMatch).
 */
export function newPathOf(to: NewPath, path: string, prefixLength: number): string {
  if ("full" in to) return to.full;
  return withoutTrailingSlash(to.prefix) + path.slice(prefixLength) || "/";
}

/**
 * Value of `Location`. Only what a redirect names changes, the query stays (Gateway API: HTTPRequestRedirectFilter);
 * where scheme, host and port stay it is a relative one, which is right behind any number of proxies (RFC 9110 10.2.2).
 */
export function redirectLocation(
  redirect: RedirectSpec,
  request: RequestFacts,
  prefixLength: number,
): string {
  const { scheme, host, port, path: to } = redirect;
  const path = to ? newPathOf(to, request.path, prefixLength) : request.path;
  const query = request.query === "" ? "" : `?${request.query}`;
  // Two slashes at the start of a relative reference would name a host.
  if (scheme === undefined && host === undefined && port === undefined && !path.startsWith("//"))
    return `${path}${query}`;
  const usedScheme = scheme ?? "http";
  const wellKnown = usedScheme === "https" ? 443 : 80;
  const usedPort = port ?? (scheme === undefined ? request.port || wellKnown : wellKnown);
  const authority = bracketed(host ?? request.host) + (usedPort === wellKnown ? "" : `:${usedPort}`);
  return `${usedScheme}://${authority}${path}${query}`;
}

function bracketed(host: string): string {
  return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}
