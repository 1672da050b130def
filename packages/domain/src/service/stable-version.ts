import { compareVersions } from "./compare-versions.ts";

/**
 * The version that takes all traffic while nothing is enforced: the configured one, whether it has endpoints or
 * not. A service that the mesh discovered always has one, namely the first that registered.
 *
 * Only where nothing is pinned (a mesh configured by file, or a pin that somebody took away) it is the lowest in
 * natural order of those that have endpoints, and so moves as they come and go. Undefined when there is none.
 */
export function stableVersionOf(
  configured: string | undefined,
  versions: Iterable<string>,
): string | undefined {
  if (configured !== undefined) return configured;
  return [...versions].sort(compareVersions)[0];
}
