import { type MeshConfig, modeSources, resolveMode } from "@weir/domain";

/** Policies that begin to act with one switch: set to enforce, and set to inherit. */
export interface BeginCount {
  readonly begins: number;
  readonly beginsOnInherit: number;
}

export interface BeginCounts {
  readonly mesh: number;
  namespace(name: string): BeginCount;
  service(namespace: string, name: string): BeginCount;
}

/**
 * How many policies begin to act with each switch of a mesh, as `newlyEnforced` finds them for one; for all in one pass over the
 * policies, since every page asks. A hold is looked through.
 */
export function beginCounts(config: MeshConfig): BeginCounts {
  const sourcesOf = modeSources({ ...config, mesh: { ...config.mesh, hold: false } });
  const enforce = new Map<string, number>();
  const inherit = new Map<string, number>();
  let mesh = 0;
  for (const { namespace, targetRef, mode } of config.policies) {
    const sources = sourcesOf(namespace, targetRef);
    if (mode !== undefined || resolveMode(sources).mode !== "observe") continue;
    const service = `${namespace}/${targetRef}`;
    count(enforce, service);
    if (resolveMode({ ...sources, service: undefined }).mode === "enforce") count(inherit, service);
    if (sources.service !== undefined) continue;
    count(enforce, namespace);
    if (sources.mesh === "enforce") count(inherit, namespace);
    if (sources.namespace === undefined) mesh++;
  }
  const of = (key: string): BeginCount => ({
    begins: enforce.get(key) ?? 0,
    beginsOnInherit: inherit.get(key) ?? 0,
  });
  return { mesh, namespace: of, service: (namespace, name) => of(`${namespace}/${name}`) };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
