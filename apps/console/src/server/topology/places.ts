import { outsideMesh, passthrough, serviceIdText } from "@weir/domain";
import type { EdgeEnd } from "@weir/store";
import { z } from "zod";

/** What a node of the map stands for; a workload is a service at a version, as is a version. */
export const MapBy = z.enum(["service", "version", "workload", "namespace"]);
export type MapBy = z.infer<typeof MapBy>;

/** A node of the map before it has numbers. */
export interface Place {
  readonly id: string;
  readonly namespace: string;
  /** Absent: all services of the namespace. */
  readonly service?: string;
  /** Absent: all versions of the service; empty: requests that reached none. */
  readonly version?: string;
}

/** Finds the node that an end of requests belongs to, and keeps those it found. */
export class Places {
  readonly by: MapBy;
  readonly #toggled: ReadonlySet<string>;
  readonly #found = new Map<string, Place>();

  /** @param toggled namespaces that are the other way: opened by namespace, collapsed in the other views. */
  constructor(by: MapBy, toggled: readonly string[]) {
    this.by = by;
    this.#toggled = new Set(toggled);
  }

  /** By id; those of ends that were asked for. */
  get found(): ReadonlyMap<string, Place> {
    return this.#found;
  }

  /** Every service is a place of its own. */
  get arePlain(): boolean {
    return this.by === "service" && this.#toggled.size === 0;
  }

  /** Which place an end belongs to, without making it one that was found. */
  idOf(end: EdgeEnd): string {
    return this.#placeOf(end).id;
  }

  of(end: EdgeEnd): Place {
    const place = this.#placeOf(end);
    const known = this.#found.get(place.id);
    if (!known) this.#found.set(place.id, place);
    return known ?? place;
  }

  #placeOf({ namespace, service, version }: EdgeEnd): Place {
    const id = serviceIdText({ namespace, service });
    if (isNowhere(namespace, service)) return { id, namespace, service };
    if (this.#toggled.has(namespace) !== (this.by === "namespace"))
      return { id: serviceIdText({ namespace, service: "*" }), namespace };
    if (this.by === "version" || this.by === "workload")
      return { id: `${id}@${version}`, namespace, service, version };
    return { id, namespace, service };
  }
}

/** The outside and unknown hosts are in no namespace, and have no versions. */
function isNowhere(namespace: string, service: string): boolean {
  return [outsideMesh, passthrough].some((own) => own.namespace === namespace && own.service === service);
}
