import type { SnapshotPolicy } from "../snapshot/snapshot.ts";
import type { Policy } from "./policy.ts";
import type { WeightedBackend } from "./weighted-backend.ts";

/** Every weighted list of a policy with the path it stands at. */
export function backendLists(
  policy: Policy | SnapshotPolicy,
): { path: string; backends: readonly WeightedBackend[] }[] {
  switch (policy.kind) {
    case "canary":
      return [{ path: "backends", backends: policy.backends }];
    case "route":
      return policy.rules.flatMap(({ backends }, index) =>
        backends ? [{ path: `rules[${index}].backends`, backends }] : [],
      );
    default:
      return [];
  }
}
