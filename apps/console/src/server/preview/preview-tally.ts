import { previewEffects } from "@weir/domain";
import type { RequestMoment, RequestShape } from "@weir/store";
import type { PreviewedCaller, PreviewedRoute } from "./preview-schemas.ts";
import { RouteNames } from "./route-names.ts";
import { ShapeTally } from "./shape-tally.ts";
import { TalliedRoute } from "./tallied-route.ts";
import { byRequests, TalliedVerdict } from "./tallied-verdict.ts";

/** Callers, and routes, that are told by name. */
const mostCallers = 50;
const mostRoutes = 100;

type Shape = Pick<RequestShape, "source" | "method" | "path">;

/** What became of replayed requests, by who sent them and where to. */
export class PreviewTally {
  readonly #names = new RouteNames();
  readonly #routes = new Map<string, Map<string, TalliedRoute>>();

  /** Where requests of this shape are counted. All versions of a service are one caller. */
  of({ source, method, path }: Shape): ShapeTally {
    const caller = `${source.namespace}/${source.service}`;
    let routes = this.#routes.get(caller);
    if (routes === undefined) {
      routes = new Map();
      this.#routes.set(caller, routes);
    }
    const name = this.#names.of(method, path);
    let route = routes.get(name);
    if (route === undefined) {
      route = new TalliedRoute(source, name);
      routes.set(name, route);
    }
    return new ShapeTally(route, path);
  }

  /** `tracesOf` finds examples of requests. */
  async answer(tracesOf: (moments: readonly RequestMoment[]) => Promise<string[]>) {
    const all = [...this.#routes.values()].map((routes) => callerOf([...routes.values()]));
    const sorted = all.sort((a, b) => b.touched - a.touched || b.requests - a.requests);
    const callers: PreviewedCaller[] = [];
    for (const { source, requests, verdicts } of sorted.slice(0, mostCallers)) {
      const told: PreviewedCaller["verdicts"] = [];
      for (const tallied of verdicts) {
        const isUnchanged = tallied.verdict.effect === "unchanged";
        const traceIds = isUnchanged ? [] : await tracesOf(tallied.moments(source));
        told.push({ ...tallied.verdict, requests: tallied.requests, traceIds });
      }
      callers.push({ ...source, requests, verdicts: told });
    }
    const rest = sorted.slice(mostCallers);
    const requestsOf = (some: typeof sorted) => some.reduce((sum, { requests }) => sum + requests, 0);
    return {
      ...{ callers, requests: requestsOf(sorted), ...this.#changedRoutes() },
      others: { callers: rest.length, requests: requestsOf(rest) },
    };
  }

  /** Those on which something would have changed; most requests first. */
  #changedRoutes(): { readonly routes: PreviewedRoute[]; readonly moreRoutes: number } {
    const changed = [...this.#routes.values()]
      .flatMap((routes) => [...routes.values()])
      .flatMap(({ source, name, verdicts }) =>
        verdicts
          .filter(({ verdict }) => verdict.effect !== "unchanged")
          .map(({ verdict, requests }) => ({ ...source, route: name, ...verdict, requests })),
      )
      .sort(byRequests);
    return { routes: changed.slice(0, mostRoutes), moreRoutes: Math.max(0, changed.length - mostRoutes) };
  }
}

function callerOf(routes: readonly TalliedRoute[]) {
  const merged = Map.groupBy(
    routes.flatMap(({ verdicts }) => verdicts),
    ({ verdict }) => verdict,
  );
  const gravity = ({ verdict }: TalliedVerdict) => previewEffects.indexOf(verdict.effect);
  const verdicts = Array.from(merged, ([verdict, own]) => TalliedVerdict.of(verdict, own)).sort(
    (a, b) => gravity(a) - gravity(b) || byRequests(a, b),
  );
  const sum = (some: readonly TalliedVerdict[]) => some.reduce((all, { requests }) => all + requests, 0);
  return {
    ...{ source: routes[0]!.source, verdicts, requests: sum(verdicts) },
    /** Requests that would have fared otherwise, or may have. */
    touched: sum(verdicts.filter(({ verdict }) => verdict.effect !== "unchanged")),
  };
}
