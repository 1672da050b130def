import type { RolloutPlan } from "@weir/rollout";
import type { ShownVersions } from "../../../server/rollouts/shown-rollout.ts";
import { formatCount, formatRate, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import { formatInterval } from "../../../ui/format/times.ts";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";

interface VersionsTableProps {
  readonly signals: ShownVersions;
  readonly plan: Pick<RolloutPlan, "canary" | "baseline">;
  hueOf(version: string): string;
}

/** Golden signals of both versions over the same stretch of time, straight from the sidecars. */
export function VersionsTable({ signals, plan, hueOf }: VersionsTableProps) {
  const seconds = (signals.toMs - signals.fromMs) / 1_000;
  const all = signals.canary.requests + signals.baseline.requests;
  return (
    <>
      <Table caption="Signals of both versions">
        <thead>
          <tr>
            <HeadCell>Version</HeadCell>
            <HeadCell numeric>Requests</HeadCell>
            <HeadCell numeric>Rate</HeadCell>
            <HeadCell numeric>Share</HeadCell>
            <HeadCell numeric>Failed</HeadCell>
            <HeadCell numeric>p50</HeadCell>
            <HeadCell numeric>p95</HeadCell>
            <HeadCell numeric>p99</HeadCell>
          </tr>
        </thead>
        <tbody>
          {(["canary", "baseline"] as const).map((arm) => {
            const { requests, failures, p50, p95, p99 } = signals[arm];
            return (
              <tr key={arm}>
                <Cell>
                  <span className="inline-flex items-center gap-1.5 whitespace-nowrap font-medium">
                    <span
                      aria-hidden
                      className="size-2.5 rounded-sm"
                      style={{ background: hueOf(plan[arm]) }}
                    />
                    {plan[arm]} <span className="font-normal text-faint text-xs">{arm}</span>
                  </span>
                </Cell>
                <Cell numeric>{formatCount(requests)}</Cell>
                <Cell numeric>{seconds > 0 ? formatRate(requests / seconds) : "–"}</Cell>
                <Cell numeric>{all > 0 ? formatShare(requests / all) : "–"}</Cell>
                <Cell numeric>{requests > 0 ? formatShare(failures / requests) : "–"}</Cell>
                <Cell numeric>{formatSeconds(p50)}</Cell>
                <Cell numeric>{formatSeconds(p95)}</Cell>
                <Cell numeric>{formatSeconds(p99)}</Cell>
              </tr>
            );
          })}
        </tbody>
      </Table>
      {seconds > 0 && (
        <p className="px-4 py-2 text-faint text-xs">In this step, {formatInterval(signals)}.</p>
      )}
    </>
  );
}
