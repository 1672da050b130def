import type { ModeSwitch } from "@weir/domain";
import { servicePath } from "@weir/domain/browser";
import { policyPath } from "../../policies/view-model/policy-path.ts";

/** `policy limit of shop`, `the mesh`. */
export function namedSwitch(at: ModeSwitch): string {
  if (at.scope === "mesh") return "the mesh";
  return at.scope === "namespace" ? `namespace ${at.name}` : `${at.scope} ${at.namespace}/${at.name}`;
}

/** Its page. */
export function pathOfSwitch(at: ModeSwitch): string {
  if (at.scope === "policy") return policyPath(at);
  return at.scope === "service" ? servicePath(at) : "/policies";
}
