import type { RouteMatch } from "@weir/domain";

/** A match that a line of fields can show. */
export type SimpleMatch =
  | { readonly kind: "header"; readonly name: string; readonly exact: string }
  | { readonly kind: "path"; readonly prefix: string };

/** Undefined for a match that says more than one header or one path. */
export function simpleMatch({ path, method, headers = [], query = [] }: RouteMatch): SimpleMatch | undefined {
  const [header] = headers;
  if (method !== undefined || query.length > 0) return undefined;
  if (path !== undefined)
    return headers.length === 0 && "prefix" in path ? { kind: "path", prefix: path.prefix } : undefined;
  return headers.length === 1 && header !== undefined && "exact" in header
    ? { kind: "header", name: header.name, exact: header.exact }
    : undefined;
}

/** `GET /pay*, x-user-type = beta-tester`, for reading only. */
export function matchWords({ path, method, headers = [], query = [] }: RouteMatch): string {
  const words = [
    method,
    path && comparisonWords("path", path),
    ...headers.map(({ name, ...comparison }) => comparisonWords(name, comparison)),
    ...query.map(({ name, ...comparison }) => comparisonWords(`?${name}`, comparison)),
  ].filter((part) => part !== undefined);
  return words.length === 0 ? "every request" : words.join(", ");
}

type Comparison = { exact: string } | { prefix: string } | { regex: string } | { present: boolean };

function comparisonWords(what: string, comparison: Comparison): string {
  if ("exact" in comparison) return `${what} = ${comparison.exact}`;
  if ("prefix" in comparison) return `${what} begins with ${comparison.prefix}`;
  if ("regex" in comparison) return `${what} matches ${comparison.regex}`;
  return comparison.present ? `has ${what}` : `has no ${what}`;
}
