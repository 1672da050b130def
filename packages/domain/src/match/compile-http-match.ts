import type { RouteMatch } from "../policy/route.ts";
import { all, compileMatch, type Matcher } from "./compile-match.ts";
import type { RequestReader } from "./request-reader.ts";

/** The same as `compileMatch` for HTTP alone: a connection that carries none meets no match, be it an empty one. */
export function compileHttpMatch(match: RouteMatch, reader: RequestReader): Matcher {
  const matches = compileMatch(match, reader);
  return match.path || match.method ? matches : all([({ method }) => method !== "", matches]);
}
