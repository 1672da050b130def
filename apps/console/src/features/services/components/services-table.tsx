"use client";

import { healthOf } from "@weir/graph";
import Link from "next/link";
import { formatRate, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import { SortHead } from "../../../ui/sort-head.tsx";
import { Sparkline } from "../../../ui/sparkline.tsx";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { useLink } from "../../frame/index.ts";
import { ModeSign } from "../../modes/index.ts";
import { HealthGlyph, healthText, healthWords, VersionShares } from "../../topology/index.ts";
import { useSort } from "../hooks/use-sort.ts";
import { servicePath } from "../view-model/service-path.ts";
import { type ServiceRow, sortServices } from "../view-model/sort-services.ts";

/** Services in the order people choose; a name opens the service's page. */
export function ServicesTable({ rows }: { rows: readonly ServiceRow[] }) {
  const { sort, descending, choose } = useSort();
  const head = { sort, descending, onChoose: choose };
  return (
    <Table caption="Services">
      <thead>
        <tr>
          <SortHead {...head} column="name" text="Service" />
          <SortHead {...head} column="mode" text="Mode" />
          <HeadCell>Versions</HeadCell>
          <HeadCell>Requests over time</HeadCell>
          <SortHead {...head} column="rate" text="Rate" numeric />
          <SortHead {...head} column="errors" text="Errors" numeric />
          <SortHead {...head} column="p50" text="p50" numeric />
          <SortHead {...head} column="p95" text="p95" numeric />
          <SortHead {...head} column="p99" text="p99" numeric />
        </tr>
      </thead>
      <tbody>
        {sortServices(rows, sort, descending).map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ row }: { row: ServiceRow }) {
  const link = useLink();
  const health = healthOf(row);
  return (
    <tr className="hover:bg-hover">
      <Cell>
        <Link
          href={link(servicePath(row))}
          className="inline-flex items-center gap-2 whitespace-nowrap font-medium underline-offset-4 hover:underline"
        >
          <HealthGlyph health={health} />
          {row.name}
          <span className="sr-only">{healthWords[health]}</span>
          <span className="font-normal text-faint">{row.namespace}</span>
        </Link>
      </Cell>
      <Cell>
        {row.mode ? (
          <ModeSign mode={row.mode.origin === "hold" ? "hold" : row.mode.mode} />
        ) : (
          <span className="text-faint">no sidecar</span>
        )}
      </Cell>
      <Cell>
        <VersionShares versions={row.versions} />
      </Cell>
      <Cell>
        {row.course.length > 0 ? (
          <Sparkline values={row.course} label={`Requests of ${row.name} over time`} />
        ) : (
          <span className="text-faint">no data</span>
        )}
      </Cell>
      <Cell numeric>{formatRate(row.rps)}</Cell>
      <Cell numeric className={row.errors > 0 ? healthText[health] : "text-faint"}>
        {row.requests > 0 ? formatShare(row.errors / row.requests) : "–"}
      </Cell>
      <Cell numeric>{formatSeconds(row.p50)}</Cell>
      <Cell numeric>{formatSeconds(row.p95)}</Cell>
      <Cell numeric>{formatSeconds(row.p99)}</Cell>
    </tr>
  );
}
