import type { ChangeKind } from "../../server/live/change-hub.ts";

/** Of services, what telemetry tells: not their names and endpoints. */
const measured = ["list", "get", "signals", "policies", "routes", "overhead"].map(
  (name) => `services.${name}`,
);

/** Of policies, what is in force: not the schema that they are written by. */
const written = ["list", "get", "history", "check"].map((name) => `policies.${name}`);

/** The nouns, or single procedures, whose answers a change of each kind makes old. */
export const affectedBy: Record<ChangeKind, readonly string[] | "all"> = {
  config: [
    "topology",
    "services",
    "modes",
    "mesh",
    "canaries",
    "rollouts",
    "changes",
    "enforcement",
    "preview.observed",
    "preview.routes",
    ...written,
  ],
  endpoints: ["topology", "services", "mesh", "canaries", "changes", "policies.check"],
  telemetry: [
    "topology",
    ...measured,
    "heatmap.of",
    "mesh.ingest",
    "canaries",
    "rollouts.get",
    "rollouts.list",
    "policies.list",
    "preview.observed",
    "preview.routes",
  ],
  lost: [],
  resync: "all",
};

/** Is a query with this key, as tRPC makes them (`[["topology", "get"], …]`), made old by the change? */
export function isAffected(kind: ChangeKind, queryKey: readonly unknown[]): boolean {
  const nouns = affectedBy[kind];
  if (nouns === "all") return true;
  const path = queryKey[0];
  return Array.isArray(path) && (nouns.includes(String(path[0])) || nouns.includes(path.join(".")));
}
