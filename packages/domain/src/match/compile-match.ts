import type { RouteMatch } from "../policy/route.ts";
import type { HeaderMatch, PathMatch, TextMatch } from "../policy/text-match.ts";
import { compileRegex } from "./linear-regex.ts";
import type { RequestFacts } from "./request-facts.ts";
import type { RequestReader } from "./request-reader.ts";
import { withoutTrailingSlash } from "./without-trailing-slash.ts";

export type Matcher = (request: RequestFacts) => boolean;

/**
 * One alternative of a rule, all of whose conditions must hold (Gateway API: HTTPRouteMatch). Throws RegexRefused for
 * a regex that is not known here.
 */
export function compileMatch(match: RouteMatch, reader: RequestReader): Matcher {
  const conditions: Matcher[] = [];
  const { path, method } = match;
  if (method !== undefined) conditions.push((request) => request.method === method);
  if (path !== undefined) conditions.push(compilePath(path));
  for (const header of match.headers ?? []) conditions.push(compileHeader(header));
  for (const parameter of match.query ?? []) {
    const test = compileText(parameter);
    conditions.push((request) => test(reader.parameter(request, parameter.name)));
  }
  return all(conditions);
}

export function compileHeader(match: HeaderMatch): Matcher {
  const name = match.name.toLowerCase();
  const test = compileText(match);
  return (request) => test(request.header(name));
}

/** A prefix ends at a path segment: `/api` meets `/api` and `/api/x`, never `/apis` (Gateway API: PathPrefix). */
export function compilePath(path: PathMatch): Matcher {
  if ("exact" in path) return (request) => request.path === path.exact;
  if ("regex" in path) {
    const test = compileRegex(path.regex);
    return (request) => test(request.path);
  }
  const prefix = withoutTrailingSlash(path.prefix);
  return (request) => {
    const { path: asked } = request;
    if (!asked.startsWith(prefix)) return false;
    return asked.length === prefix.length ? prefix !== "" : asked.charCodeAt(prefix.length) === 0x2f;
  };
}

/** All of them, in order, stopping at the first that does not hold; without a loop for the few that are usual. */
export function all(conditions: readonly Matcher[]): Matcher {
  const [first, second] = conditions;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (conditions.length === 2) return (request) => first(request) && second(request);
  return (request) => conditions.every((condition) => condition(request));
}

function compileText(match: TextMatch): (value: string | undefined) => boolean {
  if ("exact" in match) return (value) => value === match.exact;
  if ("prefix" in match) return (value) => value?.startsWith(match.prefix) ?? false;
  if ("present" in match) return (value) => (value !== undefined) === match.present;
  const test = compileRegex(match.regex);
  return (value) => value !== undefined && test(value);
}
