import type { SidecarStatus } from "@weir/store";

export interface RolloutProgress {
  /** Sidecars that are connected now. */
  readonly total: number;
  /** Of these, the ones that run a snapshot made after the change. */
  readonly running: number;
  readonly refused: readonly { readonly workload: string; readonly reason: string }[];
}

/**
 * How far a change has come. Every change of a policy makes another snapshot for everybody, so a sidecar runs it
 * when it acknowledged what is wanted of it, and that was wanted (or the sidecar came) after the change.
 */
export function rolloutProgress(sidecars: readonly SidecarStatus[], changedAt: Date): RolloutProgress {
  const connected = sidecars.filter((sidecar) => sidecar.connected);
  const refusing = connected.filter(
    (sidecar) => sidecar.nackedVersion !== undefined && sidecar.nackedVersion === sidecar.wantedVersion,
  );
  return {
    total: connected.length,
    running: connected.filter((sidecar) => runsChange(sidecar, changedAt)).length,
    refused: refusing.map(({ workload, nackReason }) => ({
      workload: `${workload.service} ${workload.version}`,
      reason: nackReason ?? "no reason given",
    })),
  };
}

function runsChange(
  { wantedVersion, wantedAt, ackedVersion, connectedAt }: SidecarStatus,
  changedAt: Date,
): boolean {
  if (ackedVersion === undefined || ackedVersion !== wantedVersion) return false;
  return Math.max(wantedAt?.getTime() ?? 0, connectedAt.getTime()) >= changedAt.getTime();
}
