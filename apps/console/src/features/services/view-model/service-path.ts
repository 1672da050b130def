/** In an address, where a namespace cannot be empty. */
const noNamespace = "-";

/** Where a service's page is. */
export function servicePath({
  namespace,
  name,
}: {
  readonly namespace: string;
  readonly name: string;
}): string {
  return `/services/${encodeURIComponent(namespace || noNamespace)}/${encodeURIComponent(name)}`;
}

/** The namespace that an address names. */
export function namespaceOfPath(part: string): string {
  return part === noNamespace ? "" : part;
}
