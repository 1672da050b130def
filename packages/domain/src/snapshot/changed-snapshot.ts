import type { SnapshotChange, SnapshotContent, SnapshotService } from "./snapshot.ts";

type ServiceKey = Pick<SnapshotService, "namespace" | "name">;

/** A snapshot's content after a change: in the order in which `compileSnapshot` puts services, so that it is the same text. */
export function changedContent(
  { namespace, services }: SnapshotContent,
  { services: changed, removed }: Pick<SnapshotChange, "services" | "removed">,
): SnapshotContent {
  const next = new Map(services.map((service) => [keyOf(service), service]));
  for (const service of removed) next.delete(keyOf(service));
  for (const service of changed) next.set(keyOf(service), service);
  return { namespace, services: [...next.values()].sort(byService) };
}

/** By UTF-16 code unit, so that the order depends on no locale. */
export function byService(a: ServiceKey, b: ServiceKey): number {
  return compareText(a.namespace, b.namespace) || compareText(a.name, b.name);
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Names have no slash. */
function keyOf({ namespace, name }: ServiceKey): string {
  return `${namespace}/${name}`;
}
