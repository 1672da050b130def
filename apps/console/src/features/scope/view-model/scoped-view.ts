import type { Scope } from "./scope.ts";

interface View {
  readonly nodes: readonly { readonly id: string; readonly namespace: string }[];
  readonly edges: readonly { readonly source: string; readonly target: string }[];
}

/**
 * The part of a map that is looked at: the services of the scope, who calls them, and whom they call. Neighbours of other
 * namespaces stay, for a call cannot be understood without its other end.
 */
export function scopedView<T extends View>(view: T, scope: Scope): T {
  if (scope.length === 0) return view;
  const own = new Set(view.nodes.filter(({ namespace }) => scope.includes(namespace)).map(({ id }) => id));
  const edges = view.edges.filter(({ source, target }) => own.has(source) || own.has(target));
  const shown = new Set([...own, ...edges.flatMap(({ source, target }) => [source, target])]);
  return { ...view, nodes: view.nodes.filter(({ id }) => shown.has(id)), edges };
}
