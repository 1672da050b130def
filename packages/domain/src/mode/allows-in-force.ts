import { isAllow } from "../authorization/spared-verdict.ts";
import type { MeshConfig } from "../snapshot/compile-snapshot.ts";
import { enforcedPolicies } from "./mode-in-config.ts";

/**
 * Whether a service has an `allow` that acts, and so refuses what none of them lets in: another one that begins to act
 * then refuses nothing more.
 */
export function allowsInForce(config: MeshConfig): (namespace: string, service: string) => boolean {
  const services = new Set(
    enforcedPolicies(config)
      .filter(isAllow)
      .map(({ namespace, targetRef }) => `${namespace}/${targetRef}`),
  );
  return (namespace, service) => services.has(`${namespace}/${service}`);
}
