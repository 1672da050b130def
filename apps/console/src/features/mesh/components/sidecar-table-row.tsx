import { CircleCheck, CircleDashed, CircleX, Hourglass, Unplug } from "lucide-react";
import { formatBytes, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import { formatAgo } from "../../../ui/format/times.ts";
import { Cell } from "../../../ui/table.tsx";
import type { SidecarRow } from "../view-model/sidecar-rows.ts";
import type { SidecarState } from "../view-model/sidecar-state.ts";
import { stateWords } from "../view-model/state-words.ts";

const looks: Record<SidecarState, { icon: typeof CircleCheck; tone: string }> = {
  refused: { icon: CircleX, tone: "text-failing" },
  behind: { icon: Hourglass, tone: "text-degraded" },
  gone: { icon: Unplug, tone: "text-no-data" },
  waiting: { icon: CircleDashed, tone: "text-no-data" },
  current: { icon: CircleCheck, tone: "text-ok" },
};

interface SidecarTableRowProps {
  readonly row: SidecarRow;
  /** Its place among all rows, also those that are not in the page. */
  readonly index: number;
  readonly nowMs: number;
  measure(element: HTMLTableRowElement | null): void;
}

/** One sidecar: the config it should run, the one it runs, why it refused one, and what it costs. */
export function SidecarTableRow({ row, index, nowMs, measure }: SidecarTableRowProps) {
  const { workload, state } = row;
  const { icon: Icon, tone } = looks[state];
  return (
    <tr ref={measure} data-index={index} aria-rowindex={index + 2} className="hover:bg-hover">
      <Cell className="whitespace-nowrap">
        <span className="font-medium">{workload.service}</span>{" "}
        <span className="font-mono text-[0.8125rem] text-muted">{workload.version}</span>{" "}
        <span className="text-faint">{workload.namespace}</span>
      </Cell>
      <Cell>
        <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${tone}`}>
          <Icon size={14} aria-hidden /> {stateWords[state]}
        </span>
        {state === "refused" && row.nackReason && (
          <p className="wrap-anywhere min-w-48 max-w-md pb-1.5 text-muted text-xs">{row.nackReason}</p>
        )}
      </Cell>
      <Cell>
        <Revision version={row.wantedVersion} />
      </Cell>
      <Cell>
        <Revision version={row.ackedVersion} />
      </Cell>
      <Cell numeric className="whitespace-nowrap">
        {formatSeconds(row.addedSeconds)}
      </Cell>
      <Cell numeric className="whitespace-nowrap">
        {formatShare(row.cores)}
      </Cell>
      <Cell numeric className="whitespace-nowrap">
        {row.memoryBytes === undefined ? <span className="text-faint">–</span> : formatBytes(row.memoryBytes)}
      </Cell>
      <Cell className="font-mono text-[0.8125rem] text-muted">{row.address ?? "calls only"}</Cell>
      <Cell className="whitespace-nowrap text-muted">{formatAgo(row.sinceMs, nowMs)}</Cell>
      <Cell className="font-mono text-[0.8125rem] text-muted">{row.release}</Cell>
    </tr>
  );
}

/** The first digits of a snapshot's hash: enough to tell two apart. */
function Revision({ version }: { version: string | undefined }) {
  if (version === undefined) return <span className="text-faint">–</span>;
  return (
    <code title={version} className="font-mono text-[0.8125rem]">
      {version.slice(0, 8)}
    </code>
  );
}
