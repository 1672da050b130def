import type { RouteMatch } from "../policy/route.ts";
import type { RuleKeys } from "./rule-index.ts";
import { withoutTrailingSlash } from "./without-trailing-slash.ts";

/** What an alternative of a route certainly asks for. */
export function keysOfMatch({ path, method, headers = [] }: RouteMatch): RuleKeys {
  const exact = headers.flatMap((header) =>
    "exact" in header ? [{ name: header.name.toLowerCase(), value: header.exact }] : [],
  );
  return {
    paths: path && "exact" in path ? [path.exact] : undefined,
    prefix: path && "prefix" in path ? withoutTrailingSlash(path.prefix) : undefined,
    headers: exact,
    methods: method === undefined ? undefined : [method],
  };
}
