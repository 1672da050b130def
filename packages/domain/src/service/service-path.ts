/** In an address, where a namespace cannot be empty. */
const noNamespace = "-";

interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** What names a service, or a policy, in the path of a page of the console: `shop/payments`, each part encoded. */
export function servicePart({ namespace, name }: Named): string {
  return `${encodeURIComponent(namespace || noNamespace)}/${encodeURIComponent(name)}`;
}

/** Where the console shows a service. */
export function servicePath(service: Named): string {
  return `/services/${servicePart(service)}`;
}

/** The namespace that a part of such a path names. */
export function namespaceOfPath(part: string): string {
  return part === noNamespace ? "" : part;
}
