import type { RouteMatch, TextMatch } from "../policy/route.ts";
import type { RequestFacts } from "./request-facts.ts";

export type Matcher = (request: RequestFacts) => boolean;

/**
 * A list of alternatives as one function: any of them may hold, each with all of its conditions
 * (Gateway API: matches are ORed, conditions inside one are ANDed). Absent matches everything.
 */
export function compileMatches(matches: readonly RouteMatch[] | undefined): Matcher {
  if (matches === undefined) return () => true;
  const compiled = matches.map(compileMatch);
  return (request) => compiled.some((matcher) => matcher(request));
}

function compileMatch(match: RouteMatch): Matcher {
  const conditions: Matcher[] = [];
  const { path, method } = match;
  if (method !== undefined) conditions.push((request) => request.method === method);
  if (path !== undefined) conditions.push(compilePath(path));
  for (const header of match.headers ?? []) {
    const name = header.name.toLowerCase();
    const test = compileText(header);
    conditions.push((request) => test(request.header(name)));
  }
  for (const parameter of match.query ?? []) {
    const test = compileText(parameter);
    conditions.push((request) => test(queryParameter(request.query, parameter.name)));
  }
  return (request) => conditions.every((condition) => condition(request));
}

/** A prefix ends at a path segment: `/api` meets `/api` and `/api/x`, never `/apis` (Gateway API: PathPrefix). */
function compilePath(path: NonNullable<RouteMatch["path"]>): Matcher {
  if ("exact" in path) return (request) => request.path === path.exact;
  const prefix = path.prefix.endsWith("/") ? path.prefix.slice(0, -1) : path.prefix;
  return (request) =>
    request.path.startsWith(prefix) &&
    (request.path.length === prefix.length || request.path.charCodeAt(prefix.length) === 0x2f);
}

function compileText(match: TextMatch): (value: string | undefined) => boolean {
  if ("exact" in match) return (value) => value === match.exact;
  if ("prefix" in match) return (value) => value?.startsWith(match.prefix) ?? false;
  return (value) => (value !== undefined) === match.present;
}

function queryParameter(query: string, name: string): string | undefined {
  return query === "" ? undefined : (new URLSearchParams(query).get(name) ?? undefined);
}
