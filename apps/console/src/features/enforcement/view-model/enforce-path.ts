import type { ModeSwitch } from "@weir/domain";

/** Where a switch is guided from observe to enforce: `/enforcements/new?policy=shop/limit`. */
export function enforcePath(at: ModeSwitch): string {
  return `/enforcements/new?${searchOf(at)}`;
}

function searchOf(at: ModeSwitch): string {
  if (at.scope === "mesh") return "mesh=true";
  const name = at.scope === "namespace" ? at.name : `${at.namespace}/${at.name}`;
  return new URLSearchParams({ [at.scope]: name }).toString().replaceAll("%2F", "/");
}

interface Search {
  readonly policy: string | null;
  readonly service: string | null;
  readonly namespace: string | null;
  readonly mesh: boolean;
}

/** The switch that an address names; undefined where it names none, or several. */
export function switchOfSearch({ policy, service, namespace, mesh }: Search): ModeSwitch | undefined {
  const named: ModeSwitch[] = [];
  for (const [scope, text] of [
    ["policy", policy],
    ["service", service],
  ] as const) {
    const [, own, name] = /^([^/]+)\/([^/]+)$/.exec(text ?? "") ?? [];
    if (own !== undefined && name !== undefined) named.push({ scope, namespace: own, name });
  }
  if (namespace) named.push({ scope: "namespace", name: namespace });
  if (mesh) named.push({ scope: "mesh" });
  return named.length === 1 ? named[0] : undefined;
}

/** The page of an enforcement. */
export function enforcementPath(id: number): string {
  return `/enforcements/${id}`;
}
