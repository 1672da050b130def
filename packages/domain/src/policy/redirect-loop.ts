import { newPathOf } from "../decision/redirect-location.ts";
import { withoutTrailingSlash } from "../match/without-trailing-slash.ts";
import { covers, coversPath } from "./covers.ts";
import type { RouteMatch, RouteRule } from "./route.ts";
import { alternativesOf } from "./rule-order-findings.ts";

/** Callers give up after so many (Fetch standard, HTTP-redirect fetch). */
const mostRedirects = 20;

/** A request as far as it is known, at a rule that it meets by this path condition. */
interface Visit {
  readonly rule: RouteRule;
  readonly path: string;
  readonly metBy: RouteMatch["path"];
}

/**
 * Whether a request that meets a rule's redirect is redirected until its caller gives up. Only what can be proven: a
 * redirect to another host, scheme or port leaves the service, and a rule on the way that only some of the requests
 * meet ends the search. Callers repeat a request as it was but for its path.
 */
export function isRedirectLoop(rules: readonly RouteRule[], rule: RouteRule): boolean {
  return alternativesOf(rule).some((alternative) => {
    const { path: metBy } = alternative;
    if (metBy && "regex" in metBy) return false;
    const path = metBy === undefined ? "/" : "exact" in metBy ? metBy.exact : metBy.prefix;
    let visit: Visit | undefined = { rule, path, metBy };
    for (let hop = 0; hop < mostRedirects && visit !== undefined; hop++) {
      const next = nextPath(visit);
      visit =
        next === undefined ? undefined : visitAt(rules, { ...alternative, path: { exact: next } }, next);
    }
    return visit !== undefined;
  });
}

/** The path that a redirect leads to on the same service; undefined: it leads elsewhere, or there is none. */
function nextPath({ rule: { redirect }, path, metBy }: Visit): string | undefined {
  if (redirect?.path === undefined) return undefined;
  if (redirect.host !== undefined || redirect.scheme !== undefined || redirect.port !== undefined)
    return undefined;
  const matched = metBy && "prefix" in metBy ? withoutTrailingSlash(metBy.prefix).length : 0;
  return newPathOf(redirect.path, path, matched);
}

/** The first rule, where all such requests meet it; undefined where another may take some of them, or none does. */
function visitAt(rules: readonly RouteRule[], asked: RouteMatch, path: string): Visit | undefined {
  for (const rule of rules) {
    const alternatives = alternativesOf(rule);
    const sure = alternatives.find((wide) => covers(wide, asked));
    if (sure) return { rule, path, metBy: sure.path };
    if (alternatives.some((wide) => isOpen(wide.path) || coversPath(wide.path, asked.path))) return undefined;
  }
  return undefined;
}

/** A pattern may match the path or not; no condition matches it. */
function isOpen(path: RouteMatch["path"]): boolean {
  return path === undefined || "regex" in path;
}
