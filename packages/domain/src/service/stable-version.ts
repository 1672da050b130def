import { compareVersions } from "./compare-versions.ts";

/**
 * The version that takes all traffic while nothing is enforced: the configured one, else the lowest in natural
 * order of those that have endpoints. Undefined when there is nothing to choose from.
 */
export function stableVersionOf(
  configured: string | undefined,
  versions: Iterable<string>,
): string | undefined {
  if (configured !== undefined) return configured;
  return [...versions].sort(compareVersions)[0];
}
