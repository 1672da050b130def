"use client";

import { Equal, Minus, Plus, TrendingDown, TrendingUp } from "lucide-react";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useMemo } from "react";
import { formatCount, formatNs, plural } from "../../../ui/format/numbers.ts";
import { Panel } from "../../../ui/panel.tsx";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import {
  type ComparedPath,
  compareTraces,
  type Difference,
  type Side,
} from "../view-model/compare-traces.ts";
import type { TraceLayout } from "../view-model/lay-out-trace.ts";

/** More lines than anybody reads, and about as many as a page draws at once. */
const mostRows = 1_000;

/** Each difference by sign, word and colour. */
const differences: Readonly<Record<Difference, { Icon: typeof Plus; word: string; tone: string }>> = {
  "only-a": { Icon: Minus, word: "only in A", tone: "text-degraded" },
  "only-b": { Icon: Plus, word: "only in B", tone: "text-accent" },
  slower: { Icon: TrendingUp, word: "slower", tone: "text-failing" },
  faster: { Icon: TrendingDown, word: "faster", tone: "text-ok" },
  same: { Icon: Equal, word: "alike", tone: "text-faint" },
};

export function ComparedTable({ a, b }: { a: TraceLayout; b: TraceLayout }) {
  const [onlyChanged, setOnlyChanged] = useQueryState("changed", parseAsBoolean.withDefault(false));
  const rows = useMemo(() => compareTraces(a.tree, b.tree), [a, b]);
  const shown = onlyChanged ? rows.filter(({ difference }) => difference !== "same") : rows;
  return (
    <>
      <p role="status" className="text-muted">
        {sentence(a, b, rows)}
      </p>
      <Panel
        flush
        title="By service and operation"
        aside={
          <label className="flex items-center gap-2 text-xs">
            <input
              type="checkbox"
              className="size-4 accent-(--accent)"
              checked={onlyChanged}
              onChange={(event) => void setOnlyChanged(event.target.checked || null)}
            />
            Differences only
          </label>
        }
      >
        <Table caption="Trace B against trace A">
          <thead>
            <tr>
              <HeadCell>Service and operation</HeadCell>
              <HeadCell numeric>A</HeadCell>
              <HeadCell numeric>B</HeadCell>
              <HeadCell numeric title="B less A, of one span">
                Change
              </HeadCell>
              <HeadCell>B is</HeadCell>
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, mostRows).map((row) => (
              <Row key={row.key} row={row} />
            ))}
          </tbody>
        </Table>
      </Panel>
      {shown.length > mostRows && (
        <p className="text-faint">
          {formatCount(shown.length - mostRows)} more lines are not shown; choose “Differences only”.
        </p>
      )}
    </>
  );
}

function Row({ row }: { row: ComparedPath }) {
  const { Icon, word, tone } = differences[row.difference];
  return (
    <tr>
      <Cell>
        <span
          className="wrap-anywhere block min-w-40"
          style={{ paddingLeft: `${Math.min(row.depth, 20) * 12}px` }}
        >
          <span className="font-medium">{row.service}</span> <span className="text-muted">{row.title}</span>
        </span>
      </Cell>
      <SideCell side={row.a} />
      <SideCell side={row.b} />
      <Cell numeric>
        {row.deltaNs === 0 ? "" : `${row.deltaNs > 0 ? "+" : "−"}${formatNs(Math.abs(row.deltaNs))}`}
      </Cell>
      <Cell>
        <span className={`inline-flex items-center gap-1 whitespace-nowrap ${tone}`}>
          <Icon size={13} aria-hidden /> {word}
        </span>
      </Cell>
    </tr>
  );
}

function SideCell({ side }: { side: Side | undefined }) {
  if (!side) return <Cell numeric>–</Cell>;
  return (
    <Cell numeric>
      {formatNs(side.durationNs / side.spans)}
      {side.spans > 1 && <span className="text-faint"> × {formatCount(side.spans)}</span>}
      {side.failed > 0 && <span className="block text-failing text-xs">{plural(side.failed, "error")}</span>}
    </Cell>
  );
}

function sentence(a: TraceLayout, b: TraceLayout, rows: readonly ComparedPath[]): string {
  const count = (difference: Difference) =>
    formatCount(rows.filter((row) => row.difference === difference).length);
  const delta = b.facts.totalNs - a.facts.totalNs;
  const whole = `B took ${formatNs(b.facts.totalNs)}, ${formatNs(Math.abs(delta))} ${delta < 0 ? "less" : "more"} than A.`;
  return `${whole} Of ${plural(rows.length, "place")}: ${count("slower")} slower, ${count("faster")} faster, ${count("only-a")} only in A, ${count("only-b")} only in B.`;
}
