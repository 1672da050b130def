import type { RouteMatch } from "./route.ts";

/** `GET, path begins with /pay, x-user-type = beta-tester`, for reading only. */
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
