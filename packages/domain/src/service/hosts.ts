/**
 * Host names under which a caller in `callerNamespace` reaches a service: the short name only inside its own
 * namespace, the qualified ones from everywhere (the Kubernetes search path does the same).
 */
export function hostsOf(
  service: { readonly namespace: string; readonly name: string; readonly hosts: readonly string[] },
  callerNamespace: string,
): string[] {
  const qualified = `${service.name}.${service.namespace}`;
  const names = [qualified, `${qualified}.svc`, `${qualified}.svc.cluster.local`, ...service.hosts];
  if (service.namespace === callerNamespace) names.unshift(service.name);
  return [...new Set(names.map((name) => name.toLowerCase()))];
}

/** The host of an authority without its port and in lower case: `Shop:8080` -> `shop`, `[::1]:80` -> `::1`. */
export function hostWithoutPort(authority: string): string {
  if (authority.startsWith("[")) {
    const end = authority.indexOf("]");
    return authority.slice(1, end < 0 ? undefined : end).toLowerCase();
  }
  const colon = authority.indexOf(":");
  return (colon < 0 ? authority : authority.slice(0, colon)).toLowerCase();
}

/** The port that an authority names: `shop:8080` -> 8080; undefined when it names none. */
export function portOf(authority: string): number | undefined {
  const port = /:(\d{1,5})$/.exec(authority)?.[1];
  if (port === undefined || (authority.startsWith("[") && !authority.includes("]:"))) return undefined;
  return Number(port);
}
