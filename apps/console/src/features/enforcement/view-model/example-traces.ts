import type { inferRouterOutputs } from "@trpc/server";
import type { ModeSwitch } from "@weir/domain";
import type { EffectScope } from "../../../server/preview/observed-schemas.ts";
import type { AppRouter } from "../../../server/router.ts";

type Routes = inferRouterOutputs<AppRouter>["preview"]["routes"];

export interface ExampleRoute {
  readonly method: string;
  readonly path: string;
  readonly policy: string;
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

/** Which requests of a caller would be denied, the most frequent first, with traces to look at. */
export function examplesOf(
  routes: Routes | undefined,
  caller: { readonly namespace: string; readonly service: string },
): ExampleRoute[] {
  return (routes?.routes ?? [])
    .filter(({ source }) => source.namespace === caller.namespace && source.service === caller.service)
    .filter(({ effect }) => refused.includes(effect))
    .slice(0, most);
}
