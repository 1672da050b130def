import type { PolicyKind } from "@weir/domain";
import { serviceIdText } from "@weir/domain/browser";

interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** The page of a policy. */
export function policyPath({ namespace, name }: Named): string {
  return `/policies/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
}

/** Where one of a kind is written for a service. */
export function newPolicyPath(kind: PolicyKind, { namespace, name }: Named): string {
  return `/policies/new?${new URLSearchParams({ kind, target: serviceIdText({ namespace, service: name }) })}`;
}
