import { healthOf } from "@weir/graph";
import { formatCount, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { versionColor } from "../view-model/version-color.ts";
import { healthText } from "./health-glyph.tsx";

interface VersionRow {
  readonly version: string;
  readonly requests: number;
  readonly errors: number;
  readonly share?: number | undefined;
  readonly p99?: number | undefined;
  readonly ready?: boolean;
}

interface VersionTableProps {
  readonly caption: string;
  readonly rows: readonly VersionRow[];
  readonly stableVersion?: string | undefined;
}

/** The versions of a service side by side: share, errors, and what is known of each. */
export function VersionTable({ caption, rows, stableVersion }: VersionTableProps) {
  const total = rows.reduce((sum, row) => sum + row.requests, 0);
  const timed = rows.some((row) => row.p99 !== undefined);
  return (
    <Table caption={caption} className="[&_tr:last-child>td]:border-b-0">
      <thead>
        <tr>
          <HeadCell>Version</HeadCell>
          <HeadCell numeric>Share</HeadCell>
          <HeadCell numeric>Requests</HeadCell>
          <HeadCell numeric>Errors</HeadCell>
          {timed && <HeadCell numeric>p99</HeadCell>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.version}>
            <Cell>
              <span className="flex items-center gap-1.5 font-mono text-[0.8125rem]">
                <span
                  aria-hidden
                  className="size-2 rounded-xs"
                  style={{ background: versionColor(rows, row.version) }}
                />
                {row.version || "none chosen"}
                <span className="font-sans text-faint text-xs">
                  {row.version === stableVersion && "stable"}
                  {row.ready === false && " not ready"}
                </span>
              </span>
            </Cell>
            <Cell numeric>{formatShare(row.share ?? (total > 0 ? row.requests / total : undefined))}</Cell>
            <Cell numeric>{formatCount(row.requests)}</Cell>
            <Cell numeric className={row.errors > 0 ? healthText[healthOf(row)] : "text-faint"}>
              {row.requests > 0 ? formatShare(row.errors / row.requests) : "–"}
            </Cell>
            {timed && <Cell numeric>{formatSeconds(row.p99)}</Cell>}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
