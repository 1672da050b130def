import type { Snapshot } from "@weir/domain";
import type { Decider } from "@weir/domain/request-path";
import { compileAdmission, compileService, type MeshState, type ServiceView } from "./service-view.ts";

/** A snapshot, compiled: immutable, and replaced as a whole between two requests. */
export interface MeshView {
  readonly snapshot: Snapshot;
  readonly services: readonly ServiceView[];
  /** By lower-case host without port. */
  readonly servicesByHost: ReadonlyMap<string, ServiceView>;
  /** Who may call the own workload, and how often; undefined where its callers judge that, or nobody does. */
  readonly admission: Decider | undefined;
}

/** Compiles a snapshot of valid shape for a workload. Throws SnapshotRefused for what its shape cannot tell. */
export function compileMeshView(
  snapshot: Snapshot,
  workload: { readonly namespace: string; readonly service: string },
  state: MeshState,
): MeshView {
  const services: ServiceView[] = [];
  const servicesByHost = new Map<string, ServiceView>();
  for (const service of snapshot.content.services) {
    const view = compileService(service, state);
    services.push(view);
    for (const host of service.hosts) if (!servicesByHost.has(host)) servicesByHost.set(host, view);
  }
  const own = snapshot.content.services.find(
    ({ namespace, name }) => namespace === workload.namespace && name === workload.service,
  );
  return { snapshot, services, servicesByHost, admission: own && compileAdmission(own, state) };
}
