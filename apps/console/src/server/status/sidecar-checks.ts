import type { SidecarStatus } from "@weir/store";
import { type Check, failed, fewOf, ok, warning } from "./check.ts";
import { type DatabaseFacts, type MeshFacts, stateOf, workloadText } from "./mesh-facts.ts";

/** A change reaches every sidecar well within this. */
const convergesWithinMs = 10_000;

/** Whether sidecars are there, run what they should, and have something to do. */
export function sidecarChecks({ database, atMs }: MeshFacts): Check[] {
  const looks: Readonly<Record<string, (facts: DatabaseFacts) => Omit<Check, "id">>> = {
    "sidecars.connected": connected,
    "sidecars.accepted": accepted,
    "sidecars.current": (facts) => current(facts, atMs),
    "sidecars.leases": leases,
    "services.traffic": traffic,
  };
  return Object.entries(looks).map(([id, look]) => ({
    id,
    ...(database ? look(database) : { state: "unknown", says: "not known while the database is away" }),
  }));
}

function connected({ sidecars }: DatabaseFacts) {
  const count = sidecars.filter((sidecar) => sidecar.connected).length;
  return count > 0
    ? ok(`${count} of ${sidecars.length} known sidecars are connected`)
    : warning("no sidecar is connected", "start one beside a service: weir proxy --config FILE");
}

function accepted({ sidecars }: DatabaseFacts) {
  const refused = sidecars.filter((sidecar) => stateOf(sidecar) === "refused");
  if (refused.length === 0) return ok("no sidecar refuses what it is sent");
  const [first] = refused;
  return failed(
    `sidecars that refuse their snapshot (NACK): ${fewOf(refused.map(workloadText))}; ${first?.nackReason}`,
    "they serve on with the last one they took; correct the policy that the reason names, or update the sidecar",
  );
}

function current({ sidecars }: DatabaseFacts, nowMs: number) {
  const late = sidecars.filter(
    (sidecar) => stateOf(sidecar) === "behind" && nowMs - wantedSince(sidecar, nowMs) > convergesWithinMs,
  );
  return late.length === 0
    ? ok("connected sidecars run the wanted revision")
    : failed(
        `sidecars behind the wanted revision: ${fewOf(late.map(workloadText))}`,
        "see their logs, and the controller's; a sidecar that hangs is healed by a restart",
      );
}

function wantedSince({ wantedAt }: SidecarStatus, nowMs: number): number {
  return wantedAt?.getTime() ?? nowMs;
}

function leases({ sidecars }: DatabaseFacts) {
  const lapsed = sidecars.filter((sidecar) => stateOf(sidecar) === "lapsed");
  return lapsed.length === 0
    ? ok("no lease has run out unannounced")
    : warning(
        `sidecars that fell silent without leaving: ${fewOf(lapsed.map(workloadText))}`,
        "see whether their processes run and reach the controller; their endpoints take no traffic meanwhile",
      );
}

function traffic({ services, idle }: DatabaseFacts) {
  if (services.length === 0)
    return warning(
      "no service has registered yet",
      "start a sidecar with a controller: weir proxy --config FILE",
    );
  return idle.length === 0
    ? ok(`all ${services.length} services had traffic in the last 15 minutes`)
    : warning(
        `services without traffic in the last 15 minutes, ${idle.length} of ${services.length}: ${fewOf(idle)}`,
        "if that is not what you expect, see whether their callers go through a sidecar (HTTP_PROXY)",
      );
}
