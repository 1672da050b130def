import type { inferRouterOutputs } from "@trpc/server";
import type { ModeSwitch } from "@weir/domain";
import type { EffectScope } from "../../../server/preview/observed-schemas.ts";
import type { AppRouter } from "../../../server/router.ts";

export type Routes = inferRouterOutputs<AppRouter>["preview"]["routes"];

type Route = Routes["routes"][number];

/** Requests of a caller to one route of a service, whichever policies deny them. */
export interface ExampleRoute extends Pick<Route, "destination" | "method" | "path"> {
  /** At least: as many as one policy denies. */
  readonly requests: number;
  readonly traceIds: readonly string[];
}

/** The same switch in the words of the preview. */
export function effectScopeOf(at: ModeSwitch): EffectScope {
  if (at.scope === "namespace") return { scope: "namespace", namespace: at.name };
  return at.scope === "service" ? { scope: "service", namespace: at.namespace, service: at.name } : at;
}

const refused: readonly string[] = ["denied", "limited", "overflowed", "timedOut", "faulted"];
const most = 4;
const tracesEach = 3;

/** Which requests of a caller would be denied, the most frequent first, with traces to look at. */
export function examplesOf(
  routes: Routes | undefined,
  caller: { readonly namespace: string; readonly service: string },
): ExampleRoute[] {
  const own = (routes?.routes ?? [])
    .filter(({ source }) => source.namespace === caller.namespace && source.service === caller.service)
    .filter(({ effect }) => refused.includes(effect));
  return [...Map.groupBy(own, keyOf).values()]
    .map(merged)
    .sort((a, b) => b.requests - a.requests)
    .slice(0, most);
}

/** What several policies say of the same requests. */
function merged(same: readonly Route[]): ExampleRoute {
  const { destination, method, path } = same[0]!;
  return {
    ...{ destination, method, path, requests: Math.max(...same.map(({ requests }) => requests)) },
    traceIds: [...new Set(same.flatMap(({ traceIds }) => traceIds))].slice(0, tracesEach),
  };
}

/** Of a route of a service. */
export function keyOf({ destination, method, path }: Pick<Route, "destination" | "method" | "path">): string {
  return `${destination.namespace}/${destination.service} ${method} ${path}`;
}
