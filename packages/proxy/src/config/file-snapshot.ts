import {
  compileSnapshot,
  type Finding,
  neighbours,
  type RegisteredEndpoint,
  type RevisedPolicy,
  Service,
  type Snapshot,
  ValidationError,
  validatePolicy,
} from "@weir/domain";
import { snapshotVersion } from "../mesh/snapshot-version.ts";
import type { SidecarConfig } from "./sidecar-config.ts";

/** The mesh that a configuration file describes, as a snapshot. Throws ValidationError. */
export function snapshotOfFile(config: SidecarConfig): Snapshot {
  const own = config.workload.namespace;
  const services = config.services.map(({ endpoints, tls: _tls, ...service }) => ({
    endpoints,
    service: Service.parse({ ...service, namespace: service.namespace ?? own }),
  }));
  const policies = config.policies.map(
    (policy): RevisedPolicy => ({ ...policy, namespace: policy.namespace ?? own, revision: 1 }),
  );
  refuseUnknown(policies, services);
  const endpoints = services.flatMap(({ service, endpoints: of }) =>
    of.map((e): RegisteredEndpoint => ({ ...e, namespace: service.namespace, service: service.name })),
  );
  const mesh = {
    mesh: { mode: config.mode, hold: false },
    namespaces: [],
    services: services.map(({ service }) => service),
    policies,
  };
  const content = compileSnapshot(mesh, endpoints, own, {
    // The endpoints of a file need not have sidecars, so callers judge; the own workload has this one.
    admissionOf: ({ namespace, name }) =>
      namespace === own && name === config.workload.service ? "destination" : "caller",
  });
  return { version: snapshotVersion(content), content };
}

interface FileService {
  readonly service: Service;
  readonly endpoints: readonly { readonly version: string }[];
}

/**
 * A policy's unknown target or version is an error; a version without an endpoint cannot occur in a file. All of a file stands: one
 * with more than a sidecar bears was started with before, and is again.
 */
function refuseUnknown(policies: readonly RevisedPolicy[], services: readonly FileService[]): void {
  const known = services.map(({ service, endpoints }) => {
    const versions = [...new Set(endpoints.map((endpoint) => endpoint.version))];
    return { namespace: service.namespace, name: service.name, versions, readyVersions: versions };
  });
  const neighboursOf = neighbours(policies);
  const findings = policies.flatMap((policy, index) =>
    validatePolicy(policy, known, neighboursOf(policy), policy)
      .filter((finding) => finding.severity === "error")
      .map((finding): Finding => ({ ...finding, path: `policies[${index}].${finding.path}` })),
  );
  if (findings.length > 0) throw new ValidationError("policies", findings);
}
