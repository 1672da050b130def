import { servicePath } from "@weir/domain";
import type { SidecarStatus, Telling, VersionSeen } from "@weir/store";
import type { Sighting } from "./next-state.ts";

/** Slots are ten seconds long, and sent within as many: what is older has not come. */
const telemetryDueMs = 60_000;

/** Undefined while there never was any. */
export function telemetrySighting(newestMs: number | undefined, nowMs: number): Sighting | undefined {
  if (newestMs === undefined) return undefined;
  const seems = nowMs - newestMs > telemetryDueMs ? "stopped" : "flowing";
  return {
    subject: "telemetry",
    seems,
    calm: "flowing",
    badness: { stopped: 1 },
    lastsMs: seems === "stopped" ? 0 : 20_000,
  };
}

export function telemetryTelling(state: string, newestMs: number): Telling {
  const isStopped = state === "stopped";
  return {
    ...{
      topic: "telemetry",
      type: `telemetry.${state}`,
      severity: isStopped ? "critical" : "info",
      path: "/mesh",
    },
    title: isStopped ? "no telemetry of requests comes any more" : "telemetry of requests flows again",
    text: isStopped
      ? `nothing since ${new Date(newestMs).toISOString()}: rollouts hold, guards and alerts know nothing`
      : "",
    data: { newest: new Date(newestMs).toISOString() },
  };
}

/** Those who refuse what they should run, by namespace; one refusal is enough. */
export function sidecarSightings(
  sidecars: readonly SidecarStatus[],
): (Sighting & { refusing: SidecarStatus[] })[] {
  const connected = sidecars.filter((sidecar) => sidecar.connected);
  return [...Map.groupBy(connected, ({ workload }) => workload.namespace)].map(([namespace, own]) => {
    const refusing = own.filter(
      ({ nackedVersion, wantedVersion }) => nackedVersion !== undefined && nackedVersion === wantedVersion,
    );
    const seems = refusing.length > 0 ? "refused" : "ok";
    return {
      subject: `sidecars/${namespace}`,
      seems,
      calm: "ok",
      badness: { refused: 1 },
      lastsMs: 0,
      refusing,
    };
  });
}

export function sidecarTelling(subject: string, refusing: readonly SidecarStatus[]): Telling {
  const namespace = subject.slice("sidecars/".length);
  const [first] = refusing;
  const who = refusing.length === 1 ? "a sidecar refuses" : `${refusing.length} sidecars refuse`;
  return {
    ...{ topic: "sidecar", type: first ? "sidecar.refused" : "sidecar.accepted", path: "/mesh" },
    severity: first ? "warning" : "info",
    title: first
      ? `${who} what the controller sends to ${namespace}`
      : `no sidecar of ${namespace} refuses any more`,
    text: first
      ? `${first.workload.service} ${first.workload.version}: ${first.nackReason ?? "without a reason"}`
      : "",
    data: { namespace, sidecars: refusing.slice(0, 20).map(({ proxyId }) => proxyId) },
  };
}

export function versionTelling({
  service: { namespace, name },
  version,
  isFirst,
  evidence,
}: VersionSeen): Telling {
  return {
    ...{
      topic: "version",
      type: "version.seen",
      severity: "info",
      once: `version ${namespace}/${name} ${version}`,
    },
    title: isFirst
      ? `service ${namespace}/${name} is new, at version ${version}`
      : `version ${version} of ${namespace}/${name} is new`,
    text: `told of by its first ${evidence}`,
    path: servicePath({ namespace, name }),
    data: { namespace, service: name, version, isFirst, evidence },
  };
}
