/** A service as a control plane names it. */
export interface ServiceName {
  readonly service: string;
  /** Undefined: the name does not say, and means the namespace of whoever uses it. */
  readonly namespace: string | undefined;
  /** Subset or version; empty when the name does not say. */
  readonly version: string;
}

/** Kubernetes DNS: `reviews.default.svc.cluster.local`. */
const kubernetes = /^([^.]+)\.([^.]+)\.svc(?:\.|$)/;
/** Kuma on Kubernetes, the tag `kuma.io/service`: `redis_kuma-demo_svc_6379`; a split adds the hash of its tags. */
const kumaTag = /^([^_]+)_([^_]+)_svc_\d+(?:-[0-9a-f]{16}|-_\d+_)?$/;
/** Kuma's MeshService: `<mesh>_<name>_<namespace>_<zone>_msvc_<port>`, `extsvc` for external and `mzsvc` for multi-zone ones. */
const kumaMeshService = /^[^_]*_([^_]+)_([^_]*)_[^_]*_(?:msvc|extsvc|mzsvc)_[^_]+$/;
/** Kuma's resource identifiers: `kri_msvc_<mesh>_<zone>_<namespace>_<name>_<section>`. */
const kumaIdentifier = /^kri_(?:msvc|extsvc|mzsvc)_[^_]*_[^_]*_([^_]*)_([^_]+)_[^_]*$/;
/**
 * Consul's SNI: `[subset.]service.namespace.datacenter.internal.<trust domain>`, with an admin partition before the
 * datacenter where the version is `internal-v1`; peers are `service.namespace.peer.external.<trust domain>`.
 */
const consul = /^(.+?)\.(internal|internal-v1|external|query)\.[^.]+\.consul$/;

/**
 * The service that a cluster's or a node's name means. Total: a name of no known form is the service's own; one with
 * dots is a host, which is the same one from every namespace.
 */
export function serviceOfName(name: string): ServiceName {
  const [, host = "", hostNamespace = ""] = kubernetes.exec(name) ?? [];
  if (host !== "") return named(host, hostNamespace);
  const [, tag = "", tagNamespace = ""] = kumaTag.exec(name) ?? kumaMeshService.exec(name) ?? [];
  if (tag !== "") return named(tag, tagNamespace);
  const [, kriNamespace = "", kriName = ""] = kumaIdentifier.exec(name) ?? [];
  if (kriName !== "") return named(kriName, kriNamespace);
  return ofConsul(name) ?? { service: name, namespace: name.includes(".") ? "" : undefined, version: "" };
}

function ofConsul(name: string): ServiceName | undefined {
  // A resolver's customised cluster has a hash, a failover's its number, before the name.
  const [, target = "", kind = ""] = consul.exec(name.slice(name.lastIndexOf("~") + 1)) ?? [];
  const parts = target.split(".");
  const withoutSubset = kind === "internal" ? 3 : 4;
  const hasSubset = kind.startsWith("internal") && parts.length > withoutSubset;
  const [service, namespace] = hasSubset ? parts.slice(1) : parts;
  if (!service) return undefined;
  return { service, namespace, version: hasSubset ? (parts[0] ?? "") : "" };
}

function named(service: string, namespace: string): ServiceName {
  return { service, namespace, version: "" };
}
