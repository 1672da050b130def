import { serviceIdText } from "@weir/domain/browser";

/** In an address, where a namespace cannot be empty. */
const noNamespace = "-";

interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** What names a service in the path of a page: `shop/payments`, each part encoded. */
export function servicePart({ namespace, name }: Named): string {
  return `${encodeURIComponent(namespace || noNamespace)}/${encodeURIComponent(name)}`;
}

/** Where a service's page is. */
export function servicePath(service: Named): string {
  return `/services/${servicePart(service)}`;
}

/** Where its canary is. */
export function canaryPath(service: Named): string {
  return `/canaries/${servicePart(service)}`;
}

/** Where a rollout is. */
export function rolloutPath(id: number): string {
  return `/rollouts/${id}`;
}

/** Where one is planned for it. */
export function newRolloutPath({ namespace, name }: Named): string {
  return `/rollouts/new?service=${encodeURIComponent(serviceIdText({ namespace, service: name }))}`;
}

/** The search for traces that went through it. */
export function tracesPath({ namespace, name }: Named): string {
  return `/traces?service=${encodeURIComponent(serviceIdText({ namespace, service: name }))}`;
}

/** The namespace that an address names. */
export function namespaceOfPath(part: string): string {
  return part === noNamespace ? "" : part;
}
