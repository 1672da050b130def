import type { Policy, RevisedPolicy } from "../policy/policy.ts";
import type { MeshConfig } from "../snapshot/compile-snapshot.ts";
import { type Mode, type ModeSources, resolveMode } from "./mode.ts";
import type { ModeSwitch } from "./mode-switch.ts";

/** Where each service of a config gets its mode from; a service that it does not know follows its namespace. */
export function modeSources(config: MeshConfig): (namespace: string, service: string) => ModeSources {
  const namespaces = new Map(config.namespaces.map(({ name, mode }) => [name, mode]));
  const services = new Map(config.services.map((own) => [`${own.namespace}/${own.name}`, own.mode]));
  return (namespace, service) => ({
    hold: config.mesh.hold,
    mesh: config.mesh.mode,
    namespace: namespaces.get(namespace),
    service: services.get(`${namespace}/${service}`),
  });
}

/** The config as it is with a switch turned; `null` inherits, which the mesh cannot. */
export function withMode(config: MeshConfig, at: ModeSwitch, mode: Mode | null): MeshConfig {
  const set = <T extends { readonly mode?: Mode | undefined }>(row: T): T => ({
    ...row,
    mode: mode ?? undefined,
  });
  switch (at.scope) {
    case "mesh":
      return { ...config, mesh: { ...config.mesh, mode: mode ?? config.mesh.mode } };
    case "namespace":
      return {
        ...config,
        namespaces: config.namespaces.map((row) => (row.name === at.name ? set(row) : row)),
      };
    case "service":
      return { ...config, services: config.services.map((row) => (isNamed(row, at) ? set(row) : row)) };
    case "policy":
      return { ...config, policies: config.policies.map((row) => (isNamed(row, at) ? set(row) : row)) };
  }
}

/**
 * Policies that begin to act when a switch is set to enforce; or with `null`, when it inherits. A hold of the mesh is looked
 * through: it puts off that they act, and when it is released, they do.
 */
export function newlyEnforced(
  config: MeshConfig,
  at: ModeSwitch,
  mode: "enforce" | null = "enforce",
): RevisedPolicy[] {
  const released = withoutHold(config);
  const after = withMode(released, at, mode);
  const [sourcesBefore, sourcesAfter] = [modeSources(released), modeSources(after)];
  return released.policies.filter((policy, index) => {
    const turned = after.policies[index]!;
    return modeOf(policy, sourcesBefore) === "observe" && modeOf(turned, sourcesAfter) === "enforce";
  });
}

/** Policies that act, a hold of the mesh looked through as by `newlyEnforced`. */
export function enforcedPolicies(config: MeshConfig): RevisedPolicy[] {
  const released = withoutHold(config);
  const sources = modeSources(released);
  return released.policies.filter((policy) => modeOf(policy, sources) === "enforce");
}

function withoutHold(config: MeshConfig): MeshConfig {
  return { ...config, mesh: { ...config.mesh, hold: false } };
}

function modeOf({ namespace, targetRef, mode }: Policy, sources: ReturnType<typeof modeSources>): Mode {
  return resolveMode({ ...sources(namespace, targetRef), policy: mode }).mode;
}

interface Named {
  readonly namespace: string;
  readonly name: string;
}

function isNamed(a: Named, b: Named): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}
