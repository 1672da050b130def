import { withoutTrailingSlash } from "../match/without-trailing-slash.ts";
import type { RouteMatch } from "./route.ts";
import type { PathMatch, TextMatch } from "./text-match.ts";

/**
 * Whether every request that meets `narrow` meets `wide` as well. Only what can be proven: patterns are compared by
 * their text, so false also means "not known".
 */
export function covers(wide: RouteMatch, narrow: RouteMatch): boolean {
  return (
    coversPath(wide.path, narrow.path) &&
    (wide.method === undefined || wide.method === narrow.method) &&
    coversFields(wide.headers, narrow.headers, (name) => name.toLowerCase()) &&
    coversFields(wide.query, narrow.query, (name) => name)
  );
}

/** The same for paths; absent: every path. */
export function coversPath(wide: PathMatch | undefined, narrow: PathMatch | undefined): boolean {
  if (wide === undefined || isEveryPath(wide)) return true;
  if (narrow === undefined) return false;
  if ("regex" in wide) return "regex" in narrow && narrow.regex === wide.regex;
  if ("exact" in wide) return "exact" in narrow && narrow.exact === wide.exact;
  const prefix = withoutTrailingSlash(wide.prefix);
  if ("regex" in narrow) return false;
  const asked = "exact" in narrow ? narrow.exact : withoutTrailingSlash(narrow.prefix);
  return asked === prefix || asked.startsWith(`${prefix}/`);
}

function isEveryPath(path: PathMatch): boolean {
  if ("regex" in path) return path.regex === ".*" || path.regex === "/.*";
  return "prefix" in path && path.prefix === "/";
}

type FieldMatch = TextMatch & { readonly name: string };

/** Each condition of the wide match must follow from one of the narrow's about the same field. */
function coversFields(
  wide: readonly FieldMatch[] = [],
  narrow: readonly FieldMatch[] = [],
  key: (name: string) => string,
): boolean {
  return wide.every((condition) =>
    narrow.some((given) => key(given.name) === key(condition.name) && follows(given, condition)),
  );
}

/** Whether a value that meets `given` always meets `wanted`. */
function follows(given: TextMatch, wanted: TextMatch): boolean {
  if ("present" in wanted) return "present" in given ? given.present === wanted.present : wanted.present;
  if ("exact" in wanted) return "exact" in given && given.exact === wanted.exact;
  if ("regex" in wanted)
    return "regex" in given
      ? given.regex === wanted.regex
      : wanted.regex === ".*" && !("present" in given && !given.present);
  if ("exact" in given) return given.exact.startsWith(wanted.prefix);
  return "prefix" in given && given.prefix.startsWith(wanted.prefix);
}
