import type { ServiceSummary, SidecarStatus, StoredPolicy } from "@weir/store";
import { Command } from "commander";
import type { RunState } from "../start/run-state.ts";
import {
  type CommandSurroundings,
  type CommonOptions,
  runningStart,
  withStore,
} from "./command-surroundings.ts";
import { renderTable } from "./render-table.ts";

/** `weir status`: services with their modes, policies with their revisions, sidecars with what they run, and the processes of a start. */
export function statusCommand(surroundings: CommandSurroundings): Command {
  return new Command("status")
    .description("show services, modes, policies, sidecars and processes")
    .action(async (options: CommonOptions) => {
      const status = await withStore(surroundings, options, async (store) => {
        const [{ mesh, revision }, services, policies, sidecars] = await Promise.all([
          store.readMeshConfig(),
          store.listServices(),
          store.listPolicies(),
          store.listSidecars(),
        ]);
        return { mesh: { ...mesh, revision }, services, policies, sidecars };
      });
      const processes = runningStart(surroundings, options)?.processes ?? {};
      surroundings.print(
        options.output === "json"
          ? JSON.stringify({ ...status, processes }, null, 2)
          : [
              `Mesh: ${status.mesh.mode}${status.mesh.hold ? ", held in observe" : ""}; config revision ${status.mesh.revision}`,
              servicesTable(status.services),
              policiesTable(status.policies),
              sidecarsTable(status.sidecars),
              ...(Object.keys(processes).length > 0 ? [processesTable(processes)] : []),
            ].join("\n\n"),
      );
    });
}

function servicesTable(services: readonly ServiceSummary[]): string {
  if (services.length === 0) return "No service has registered yet.";
  return renderTable(
    ["SERVICE", "MODE", "SET BY", "VERSIONS", "STABLE"],
    services.map((service) => [
      `${service.namespace}/${service.name}`,
      service.resolvedMode.mode,
      service.resolvedMode.origin,
      service.versions
        .map((version) => (service.readyVersions.includes(version) ? version : `${version} (down)`))
        .join(", "),
      service.stableVersionInForce ?? "-",
    ]),
  );
}

function policiesTable(policies: readonly StoredPolicy[]): string {
  if (policies.length === 0) return "No policy has been written yet.";
  return renderTable(
    ["POLICY", "KIND", "TARGET", "MODE", "REVISION", "CHANGED BY"],
    policies.map(({ policy, resolvedMode, changedBy }) => [
      `${policy.namespace}/${policy.name}`,
      policy.kind,
      policy.targetRef,
      resolvedMode.mode,
      `${policy.revision}`,
      changedBy,
    ]),
  );
}

function sidecarsTable(sidecars: readonly SidecarStatus[]): string {
  const connected = sidecars.filter((sidecar) => sidecar.connected);
  if (connected.length === 0) return "No sidecar is connected.";
  return renderTable(
    ["SIDECAR", "ADDRESS", "RUNS", "WANTED", "STATE"],
    connected.map((sidecar) => [
      `${sidecar.workload.namespace}/${sidecar.workload.service} ${sidecar.workload.version}`,
      sidecar.address ?? "-",
      sidecar.ackedVersion ?? "-",
      sidecar.wantedVersion ?? "-",
      stateOf(sidecar),
    ]),
  );
}

function processesTable(processes: RunState["processes"]): string {
  return renderTable(
    ["PROCESS", "PID"],
    Object.entries(processes).map(([name, pid]) => [name, pid === undefined ? "restarting" : `${pid}`]),
  );
}

/** Whether a sidecar runs what it should, in words. */
export function stateOf(sidecar: SidecarStatus): string {
  if (sidecar.nackReason !== undefined)
    return `refused ${sidecar.nackedVersion ?? "a snapshot"}: ${sidecar.nackReason}`;
  return sidecar.ackedVersion === sidecar.wantedVersion ? "current" : "behind";
}
