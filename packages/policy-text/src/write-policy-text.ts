import type { Policy } from "@weir/domain";
import { stringify } from "yaml";

/** The members that say which policy it is come first, as they do in docs/policies.md. */
const head = ["kind", "name", "namespace", "targetRef", "mode"] as const;

/** A policy as YAML that {@link readPolicyText} reads back; its revision is no part of it. */
export function writePolicyText(policy: Policy): string {
  const { revision: _, ...written } = policy as Policy & { readonly revision?: number };
  const members: Readonly<Record<string, unknown>> = written;
  const first = head.flatMap((key) => (members[key] === undefined ? [] : [[key, members[key]]]));
  return stringify(Object.fromEntries([...first, ...Object.entries(written)]), { lineWidth: 110 });
}
