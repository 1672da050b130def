import {
  type MeshConfig,
  Mode,
  type ModeOrigin,
  type ModeSources,
  Name,
  type RevisedPolicy,
  resolveMode,
} from "@weir/domain";
import { z } from "zod";

/** A switch somebody is about to turn. `mode: null` gives a service back to what it inherits. */
export const ModeChange = z.discriminatedUnion("scope", [
  z.strictObject({ scope: z.literal("service"), namespace: Name, name: Name, mode: Mode.nullable() }),
  z.strictObject({ scope: z.literal("mesh"), mode: Mode }),
  z.strictObject({ scope: z.literal("hold"), hold: z.boolean() }),
]);
export type ModeChange = z.infer<typeof ModeChange>;

export interface ResolvedMode {
  readonly mode: Mode;
  readonly origin: ModeOrigin;
}

export interface PolicyEffect {
  readonly policy: RevisedPolicy;
  readonly before: ResolvedMode;
  readonly after: ResolvedMode;
}

export interface ServiceEffect {
  readonly namespace: string;
  readonly name: string;
  readonly before: ResolvedMode;
  readonly after: ResolvedMode;
  readonly policies: readonly PolicyEffect[];
}

/** Modes of every service that the change could reach, and of their policies, before it and after it. Pure. */
export function effectOf(config: MeshConfig, change: ModeChange): ServiceEffect[] {
  const after = applied(config, change);
  return config.services
    .filter((s) => change.scope !== "service" || (s.namespace === change.namespace && s.name === change.name))
    .map(({ namespace, name }) => {
      const sourcesBefore = sourcesOf(config, namespace, name);
      const sourcesAfter = sourcesOf(after, namespace, name);
      return {
        namespace,
        name,
        before: resolveMode(sourcesBefore),
        after: resolveMode(sourcesAfter),
        policies: config.policies
          .filter((policy) => policy.namespace === namespace && policy.targetRef === name)
          .map((policy) => ({
            policy,
            before: resolveMode({ ...sourcesBefore, policy: policy.mode }),
            after: resolveMode({ ...sourcesAfter, policy: policy.mode }),
          })),
      };
    });
}

function applied(config: MeshConfig, change: ModeChange): MeshConfig {
  switch (change.scope) {
    case "mesh":
      return { ...config, mesh: { ...config.mesh, mode: change.mode } };
    case "hold":
      return { ...config, mesh: { ...config.mesh, hold: change.hold } };
    case "service":
      return {
        ...config,
        services: config.services.map((service) =>
          service.namespace === change.namespace && service.name === change.name
            ? { ...service, mode: change.mode ?? undefined }
            : service,
        ),
      };
  }
}

function sourcesOf(config: MeshConfig, namespace: string, name: string): ModeSources {
  return {
    hold: config.mesh.hold,
    mesh: config.mesh.mode,
    namespace: config.namespaces.find((n) => n.name === namespace)?.mode,
    service: config.services.find((s) => s.namespace === namespace && s.name === name)?.mode,
  };
}
