import { type ServiceId, serviceIdText } from "@weir/domain/browser";
import { healthOf } from "@weir/graph";
import type { TopKey, TopRow } from "@weir/store";
import type { ReactNode } from "react";
import { formatCount, formatRate, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import { Cell } from "../../../ui/table.tsx";
import { HealthGlyph, healthText, healthWords } from "../../topology/index.ts";
import { StatusText } from "./status-text.tsx";

interface TopTableRowProps {
  readonly row: TopRow;
  readonly by: readonly TopKey[];
  /** Of the window that was counted. */
  readonly seconds: number;
}

/** Requests that agree in what they are put together by. */
export function TopTableRow({ row, by, seconds }: TopTableRowProps) {
  const health = healthOf(row);
  return (
    <tr className="hover:bg-hover">
      {by.map((key) => cells[key](row))}
      <Cell numeric className="whitespace-nowrap">
        {formatCount(row.requests)}
        <span className="ml-2 inline-block min-w-16 text-faint">{formatRate(row.requests / seconds)}</span>
      </Cell>
      <Cell numeric className={`whitespace-nowrap ${row.errors > 0 ? healthText[health] : ""}`}>
        <span className="inline-flex items-center gap-1.5">
          <HealthGlyph health={health} />
          <span className="sr-only">{healthWords[health]}</span>
          {formatShare(1 - row.errors / row.requests)}
        </span>
      </Cell>
      <Cell numeric className={row.errors > 0 ? "" : "text-faint"}>
        {formatCount(row.errors)}
      </Cell>
      <Cell numeric>{formatSeconds(row.p50)}</Cell>
      <Cell numeric>{formatSeconds(row.p95)}</Cell>
      <Cell numeric>{formatSeconds(row.p99)}</Cell>
    </tr>
  );
}

const cells: Readonly<Record<TopKey, (row: TopRow) => ReactNode>> = {
  source: ({ source }) => <ServiceCell key="source" id={source} />,
  destination: ({ destination }) => <ServiceCell key="destination" id={destination} />,
  version: ({ version }) => (
    <Cell key="version" className="whitespace-nowrap">
      {version === "" ? <span className="text-faint">none</span> : version}
    </Cell>
  ),
  method: ({ method }) => (
    <Cell key="method" className="font-mono text-[0.8125rem]">
      {method}
    </Cell>
  ),
  path: ({ path }) => (
    <Cell key="path" className="max-w-96 truncate font-mono text-[0.8125rem]" title={path}>
      {path}
    </Cell>
  ),
  status: ({ status }) => (
    <Cell key="status" className="font-mono text-[0.8125rem]">
      <StatusText status={status ?? 0} flag="" />
    </Cell>
  ),
};

function ServiceCell({ id }: { readonly id: ServiceId | undefined }) {
  return (
    <Cell className="max-w-64 truncate" title={id && serviceIdText(id)}>
      {id?.service} <span className="text-faint text-xs">{id?.namespace}</span>
    </Cell>
  );
}
