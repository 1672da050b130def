import {
  type MeshConfig,
  Mode,
  type ModeOrigin,
  type ModeSwitch,
  modeSources,
  Name,
  type RevisedPolicy,
  resolveMode,
  withMode,
} from "@weir/domain";
import { z } from "zod";

/** A switch somebody is about to turn. `mode: null` inherits. A policy's is turned with its guard; see `enforcement`. */
export const ModeChange = z.discriminatedUnion("scope", [
  z.strictObject({ scope: z.literal("policy"), namespace: Name, name: Name, mode: Mode.nullable() }),
  z.strictObject({ scope: z.literal("service"), namespace: Name, name: Name, mode: Mode.nullable() }),
  z.strictObject({ scope: z.literal("namespace"), name: Name, mode: Mode.nullable() }),
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
  const [before, then] = [modeSources(config), modeSources(after)];
  const policies = config.policies.map((policy, index) => ({ policy, turned: after.policies[index]! }));
  return servicesOf(config, change).map(({ namespace, name }) => {
    const [sourcesBefore, sourcesAfter] = [before(namespace, name), then(namespace, name)];
    return {
      ...{ namespace, name, before: resolveMode(sourcesBefore), after: resolveMode(sourcesAfter) },
      policies: policies
        .filter(({ policy }) => policy.namespace === namespace && policy.targetRef === name)
        .map(({ policy, turned }) => ({
          policy,
          before: resolveMode({ ...sourcesBefore, policy: policy.mode }),
          after: resolveMode({ ...sourcesAfter, policy: turned.mode }),
        })),
    };
  });
}

function servicesOf({ services, policies }: MeshConfig, change: ModeChange): MeshConfig["services"] {
  switch (change.scope) {
    case "mesh":
    case "hold":
      return services;
    case "namespace":
      return services.filter(({ namespace }) => namespace === change.name);
    case "service":
      return services.filter((own) => own.namespace === change.namespace && own.name === change.name);
    case "policy": {
      const policy = policies.find((own) => own.namespace === change.namespace && own.name === change.name);
      return services.filter((own) => own.namespace === policy?.namespace && own.name === policy.targetRef);
    }
  }
}

function applied(config: MeshConfig, change: ModeChange): MeshConfig {
  if (change.scope === "hold") return { ...config, mesh: { ...config.mesh, hold: change.hold } };
  const { mode, ...at } = change;
  return withMode(config, at satisfies ModeSwitch, mode);
}
