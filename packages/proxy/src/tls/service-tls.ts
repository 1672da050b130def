import type { SidecarConfig } from "../config/sidecar-config.ts";
import type { ServiceTls } from "../mesh/service-view.ts";
import { readPem } from "./tls-files.ts";
import type { UpstreamTls } from "./upstream-tls.ts";

/** How the services of a configuration file are encrypted. Rejects with TlsFileInvalid. */
export async function readServiceTls(config: SidecarConfig): Promise<ServiceTls> {
  const byService = new Map<string, UpstreamTls>();
  for (const { name, namespace = config.workload.namespace, tls } of config.services) {
    if (tls === undefined) continue;
    const ca = tls.ca === undefined ? undefined : await readPem(`the certificates for ${name}`, tls.ca);
    byService.set(`${namespace}/${name}`, { ca, serverName: tls.serverName });
  }
  return ({ namespace, name }) => byService.get(`${namespace}/${name}`);
}
