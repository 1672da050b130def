import { type Finding, findingOf } from "../finding/finding.ts";
import type { Policy } from "./policy.ts";

interface NamedService {
  readonly namespace: string;
  readonly name: string;
}

export interface UncoveredService {
  readonly service: NamedService;
  readonly finding: Finding;
}

/**
 * Services that no authorization is about although others of their namespace have one: whoever calls them is let in. Where nobody
 * has written one, nobody asks.
 */
export function uncoveredServices(
  services: readonly NamedService[],
  policies: readonly Policy[],
): UncoveredService[] {
  const own = policies.filter(({ kind }) => kind === "authorization");
  const guarded = new Set(own.map(({ namespace }) => namespace));
  const covered = new Set(own.map(({ namespace, targetRef }) => `${namespace}/${targetRef}`));
  return services
    .filter(({ namespace, name }) => guarded.has(namespace) && !covered.has(`${namespace}/${name}`))
    .map((service) => ({
      service,
      finding: findingOf(
        "uncovered-workload",
        "",
        "no authorization is about this service, so every caller is let in",
      ),
    }));
}
