/** A service by its two names, of all versions. */
export interface ServiceId {
  /** Empty for what stands in none, such as callers outside the mesh (`/outside`). */
  readonly namespace: string;
  readonly service: string;
}

const form = /^([^/]*)\/(.+)$/s;

/**
 * The service that `namespace/name` names; undefined for a text without a slash or without a name behind it. What
 * telemetry calls a service may hold slashes of its own: the first one ends the namespace.
 */
export function readServiceId(text: string): ServiceId | undefined {
  const [, namespace, service] = form.exec(text) ?? [];
  return namespace === undefined || service === undefined ? undefined : { namespace, service };
}

/** As `readServiceId` reads it. */
export function serviceIdText({ namespace, service }: ServiceId): string {
  return `${namespace}/${service}`;
}
