import { type Mode, resolveMode } from "../mode/mode.ts";
import type { RevisedPolicy } from "../policy/policy.ts";
import { hostsOf } from "../service/hosts.ts";
import type { Endpoint, RegisteredEndpoint, Service } from "../service/service.ts";
import { stableVersionOf } from "../service/stable-version.ts";
import { byService, compareText } from "./changed-snapshot.ts";
import type { Admission, SnapshotContent, SnapshotPolicy, SnapshotService } from "./snapshot.ts";

/** The whole configuration at one moment, as `packages/store` reads it. */
export interface MeshConfig {
  readonly mesh: { readonly mode: Mode; readonly hold: boolean };
  readonly namespaces: readonly { readonly name: string; readonly mode?: Mode | undefined }[];
  readonly services: readonly Service[];
  readonly policies: readonly RevisedPolicy[];
}

export interface SnapshotOptions {
  /** Where authorization and rateLimit are judged; by the destination's sidecar when absent. */
  readonly admissionOf?: (service: Service) => Admission;
  /** Who remembers what was made of a policy gives the same object again; see {@link snapshotPolicyOf}. */
  readonly policyOf?: (policy: RevisedPolicy, mode: Mode) => SnapshotPolicy;
}

/** Compiles what a sidecar in `namespace` needs. Pure: the same config and endpoints give the same content. */
export function compileSnapshot(
  config: MeshConfig,
  endpoints: readonly RegisteredEndpoint[],
  namespace: string,
  { admissionOf = () => "destination", policyOf = snapshotPolicyOf }: SnapshotOptions = {},
): SnapshotContent {
  const endpointsByService = Map.groupBy(endpoints, keyOfOwner);
  const policiesByService = Map.groupBy(config.policies, (p) => `${p.namespace}/${p.targetRef}`);
  const modes = new Map(config.namespaces.map((n) => [n.name, n.mode]));
  const services = config.services.map((service): SnapshotService => {
    const key = `${service.namespace}/${service.name}`;
    const own = (endpointsByService.get(key) ?? []).map(toEndpoint).sort(byAddress);
    const sources = {
      hold: config.mesh.hold,
      mesh: config.mesh.mode,
      namespace: modes.get(service.namespace),
      service: service.mode,
    };
    const stableVersion = stableVersionOf(
      service.stableVersion,
      own.map((endpoint) => endpoint.version),
    );
    return {
      namespace: service.namespace,
      name: service.name,
      hosts: hostsOf(service, namespace),
      protocol: service.protocol,
      mode: resolveMode(sources).mode,
      ...(stableVersion === undefined ? {} : { stableVersion }),
      ...(admissionOf(service) === "caller" ? { admission: "caller" } : {}),
      endpoints: own,
      policies: (policiesByService.get(key) ?? [])
        .map((policy) => policyOf(policy, resolveMode({ ...sources, policy: policy.mode }).mode))
        .sort((a, b) => compareText(a.name, b.name)),
    };
  });
  services.sort(byService);
  return { namespace, services };
}

/** A policy in the mode it is in, without what is only for those who write policies. */
export function snapshotPolicyOf(policy: RevisedPolicy, mode: Mode): SnapshotPolicy {
  const { ignoreFindings: _, ...own } = policy;
  return { ...own, mode };
}

function keyOfOwner(endpoint: RegisteredEndpoint): string {
  return `${endpoint.namespace}/${endpoint.service}`;
}

function toEndpoint({ address, version, zone }: RegisteredEndpoint): Endpoint {
  return { address, version, ...(zone === undefined ? {} : { zone }) };
}

/** Version breaks the tie: an address may change hands before its old lease has run out. */
function byAddress(a: Endpoint, b: Endpoint): number {
  return compareText(a.address, b.address) || compareText(a.version, b.version);
}
