import { z } from "zod";
import { Name } from "../service/names.ts";

/** What has a mode of its own to set: the mesh, a namespace, a service, a policy. */
export const ModeSwitch = z.discriminatedUnion("scope", [
  z.strictObject({ scope: z.literal("policy"), namespace: Name, name: Name }),
  z.strictObject({ scope: z.literal("service"), namespace: Name, name: Name }),
  z.strictObject({ scope: z.literal("namespace"), name: Name }),
  z.strictObject({ scope: z.literal("mesh") }),
]);
export type ModeSwitch = z.infer<typeof ModeSwitch>;

/** `policy shop/limit`, `service shop/cart`, `namespace shop`, `the mesh`. */
export function switchWords(at: ModeSwitch): string {
  if (at.scope === "mesh") return "the mesh";
  return at.scope === "namespace" ? `namespace ${at.name}` : `${at.scope} ${at.namespace}/${at.name}`;
}
