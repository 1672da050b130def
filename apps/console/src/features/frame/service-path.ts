import { serviceIdText, servicePart } from "@weir/domain/browser";

interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** Where its canary is. */
export function canaryPath(service: Named): string {
  return `/canaries/${servicePart(service)}`;
}

/** Where a rollout is. */
export function rolloutPath(id: number): string {
  return `/rollouts/${id}`;
}

/** Where one is planned for it. */
export function newRolloutPath({ namespace, name }: Named): string {
  return `/rollouts/new?service=${encodeURIComponent(serviceIdText({ namespace, service: name }))}`;
}

/** The search for traces that went through it. */
export function tracesPath({ namespace, name }: Named): string {
  return `/traces?service=${encodeURIComponent(serviceIdText({ namespace, service: name }))}`;
}
