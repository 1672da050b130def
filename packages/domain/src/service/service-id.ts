/** A service by its two names, of all versions. */
export interface ServiceId {
  /** Empty for what stands in none, such as callers outside the mesh (`/outside`). */
  readonly namespace: string;
  readonly service: string;
}

const form = /^([^/]*)\/(.+)$/s;

/**
 * The service that `namespace/name` names; undefined for a text without a slash or without a name behind it. What
 * telemetry calls a service may hold slashes of its own: the first one ends the namespace, one within it is `%2F`.
 */
export function readServiceId(text: string): ServiceId | undefined {
  const [, namespace, service] = form.exec(text) ?? [];
  if (namespace === undefined || service === undefined) return undefined;
  return { namespace: namespace.replace(/%(2F|25)/gi, (_, code) => (code === "25" ? "%" : "/")), service };
}

/** As `readServiceId` reads it: of a namespace, slashes are written as `%2F` and per cent signs as `%25` (RFC 3986 2.1). */
export function serviceIdText({ namespace, service }: ServiceId): string {
  const written = namespace.replace(/[%/]/g, (sign) => (sign === "%" ? "%25" : "%2F"));
  return `${written}/${service}`;
}
