import type { ConnectionSecurity } from "@weir/domain";
import type { MapEdge } from "../../../server/topology/topology-view.ts";
import { formatShare } from "../../../ui/format/numbers.ts";

type Secured = Pick<MapEdge, "security">;

/** From the safest on. */
const order: readonly ConnectionSecurity[] = ["mutual_tls", "tls", "none"];

export const securityNames: Readonly<Record<ConnectionSecurity, string>> = {
  mutual_tls: "mTLS",
  tls: "TLS",
  none: "plain text",
};

/** Of the requests whose connection is known those by each kind, 0 to 1, from the safest on; empty: nobody tells. */
export function securityShares({ security = {} }: Secured) {
  const told = order
    .map((kind) => ({ kind, requests: security[kind] ?? 0 }))
    .filter((own) => own.requests > 0);
  const known = told.reduce((sum, { requests }) => sum + requests, 0);
  return told.map(({ kind, requests }) => ({ kind, share: requests / known }));
}

/** How safe the connections of an edge are: all encrypted, some, none; undefined: nobody tells. */
export type Lock = "closed" | "half" | "open";

export function lockOf(edge: Secured): Lock | undefined {
  const shares = securityShares(edge);
  if (shares.length === 0) return undefined;
  if (shares.every(({ kind }) => kind !== "none")) return "closed";
  return shares.length === 1 ? "open" : "half";
}

/** `mTLS 100 %`, `plain text`, `mTLS 92 %, plain text 8 %`; of what nobody tells nothing is guessed from names or ports. */
export function securityWords(edge: Secured): string {
  const shares = securityShares(edge);
  const [only, ...others] = shares;
  if (only === undefined) return "security not known";
  if (only.kind === "none" && others.length === 0) return securityNames.none;
  return shares.map(({ kind, share }) => `${securityNames[kind]} ${formatShare(share)}`).join(", ");
}
