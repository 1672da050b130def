import { Check, TriangleAlert } from "lucide-react";
import type { CanaryService } from "../../../server/canaries/canary-schemas.ts";
import type { CanaryTraffic } from "../../../server/canaries/traffic.ts";
import { formatCount, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { splitCheck } from "../view-model/split-check.ts";

interface SignalsProps {
  readonly service: CanaryService;
  readonly traffic: CanaryTraffic;
  readonly versions: readonly string[];
  hueOf(version: string): string;
}

/** Rate, errors and latency of each version as the sidecars measured them, and whether the split is as assigned. */
export function VersionSignals({ service, traffic, versions, hueOf }: SignalsProps) {
  const total = traffic.versions.reduce((sum, { requests }) => sum + requests, 0);
  return (
    <Table caption="Signals of each version">
      <thead>
        <tr>
          <HeadCell>Version</HeadCell>
          <HeadCell numeric>Requests</HeadCell>
          <HeadCell numeric>Share</HeadCell>
          <HeadCell>Assigned</HeadCell>
          <HeadCell numeric>Errors</HeadCell>
          <HeadCell numeric>p50</HeadCell>
          <HeadCell numeric>p99</HeadCell>
        </tr>
      </thead>
      <tbody>
        {versions.map((version) => {
          const seen = traffic.versions.find((one) => one.version === version);
          const requests = seen?.requests ?? 0;
          return (
            <tr key={version}>
              <Cell>
                <span className="inline-flex items-center gap-1.5 whitespace-nowrap font-medium">
                  <span aria-hidden className="size-2.5 rounded-sm" style={{ background: hueOf(version) }} />
                  {version}
                  {version === service.stableVersion && (
                    <span className="font-normal text-faint text-xs">stable</span>
                  )}
                  {!service.readyVersions.includes(version) && (
                    <span className="font-normal text-degraded text-xs">no endpoint</span>
                  )}
                </span>
              </Cell>
              <Cell numeric>{formatCount(requests)}</Cell>
              <Cell numeric>{total > 0 ? formatShare(requests / total) : "–"}</Cell>
              <Cell>
                <Assigned service={service} version={version} traffic={traffic} />
              </Cell>
              <Cell numeric className={requests > 0 && seen?.errors ? "text-failing" : ""}>
                {requests > 0 ? formatShare((seen?.errors ?? 0) / requests) : "–"}
              </Cell>
              <Cell numeric>{formatSeconds(seen?.p50)}</Cell>
              <Cell numeric>{formatSeconds(seen?.p99)}</Cell>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/**
 * The share in force with whether chance explains what was observed since. Only requests from after the last
 * change count, as far as the window reaches.
 */
function Assigned({
  service,
  version,
  traffic,
}: {
  service: CanaryService;
  version: string;
  traffic: CanaryTraffic;
}) {
  const { canary, stableVersion } = service;
  const enforced = canary?.inForce.mode === "enforce";
  const weight = enforced
    ? (canary.backends.find((backend) => backend.version === version)?.weight ?? 0)
    : version === stableVersion
      ? 100
      : 0;
  const total = Object.values(traffic.sinceChange).reduce((sum, requests) => sum + requests, 0);
  const { verdict } = splitCheck(weight / 100, traffic.sinceChange[version] ?? 0, total);
  const isPinned = enforced && canary.pinnedTo.length > 0;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span className="font-mono text-[0.8125rem]">{weight} %</span>
      {isPinned && <span className="text-faint text-xs">of what is not pinned</span>}
      {!isPinned && verdict === "as-assigned" && (
        <span className="inline-flex items-center gap-1 text-ok text-xs">
          <Check size={12} aria-hidden /> as observed
        </span>
      )}
      {!isPinned && verdict === "differs" && (
        <span className="inline-flex items-center gap-1 text-degraded text-xs">
          <TriangleAlert size={12} aria-hidden /> differs beyond chance
        </span>
      )}
      {!isPinned && verdict === "no-evidence" && (
        <span className="text-faint text-xs">no requests since the change</span>
      )}
    </span>
  );
}
