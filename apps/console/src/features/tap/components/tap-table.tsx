"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { Fragment, useState } from "react";
import type { TappedRequest } from "../../../server/tap/tapped-request.ts";
import { classes } from "../../../ui/classes.ts";
import { formatSeconds } from "../../../ui/format/numbers.ts";
import { formatClock } from "../../../ui/format/times.ts";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { StatusText } from "./status-text.tsx";
import { TapDetail } from "./tap-detail.tsx";

/** More would not be looked at, and would cost every second. */
const mostShown = 100;

/** The newest requests; one opens to its detail. */
export function TapTable({ rows }: { readonly rows: readonly TappedRequest[] }) {
  const [open, setOpen] = useState<string>();
  return (
    <Table caption="Requests, newest first">
      <thead>
        <tr>
          <HeadCell>Time</HeadCell>
          <HeadCell>From</HeadCell>
          <HeadCell>To</HeadCell>
          <HeadCell>Request</HeadCell>
          <HeadCell>Status</HeadCell>
          <HeadCell numeric>Took</HeadCell>
          <HeadCell>Decisions</HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, mostShown).map((row) => (
          <Fragment key={row.key}>
            <tr className={classes("hover:bg-hover", open === row.key && "bg-accent-soft")}>
              <Cell className="whitespace-nowrap font-mono text-[0.8125rem] text-muted">
                <button
                  type="button"
                  aria-expanded={open === row.key}
                  onClick={() => setOpen(open === row.key ? undefined : row.key)}
                  className="inline-flex items-center gap-1"
                >
                  {open === row.key ? (
                    <ChevronDown size={13} aria-hidden />
                  ) : (
                    <ChevronRight size={13} aria-hidden />
                  )}
                  {formatClock(row.atMs)}
                  <span className="sr-only">, details</span>
                </button>
              </Cell>
              <Cell>{row.source}</Cell>
              <Cell className="whitespace-nowrap">
                {row.destination} <span className="text-faint text-xs">{row.version}</span>
              </Cell>
              <Cell
                className="max-w-96 truncate font-mono text-[0.8125rem]"
                title={`${row.method} ${row.path}`}
              >
                {row.method} {row.path}
              </Cell>
              <Cell className="font-mono text-[0.8125rem]">
                <StatusText status={row.status} flag={row.flag} />
              </Cell>
              <Cell numeric>{formatSeconds(row.seconds)}</Cell>
              <Cell className="text-xs">{decisionsOf(row)}</Cell>
            </tr>
            {open === row.key && (
              <tr>
                <td colSpan={7} className="border-line border-b p-0">
                  <TapDetail request={row} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
      {rows.length > mostShown && (
        <tfoot>
          <tr>
            <Cell colSpan={7} className="text-center text-muted text-xs">
              the newest {mostShown} of {rows.length}
            </Cell>
          </tr>
        </tfoot>
      )}
    </Table>
  );
}

function decisionsOf({ decisions }: TappedRequest): string {
  const acted = decisions.filter((decision) => decision.acted).length;
  const would = decisions.filter((decision) => decision.wouldAct && !decision.acted).length;
  return [acted > 0 ? `${acted} acted` : "", would > 0 ? `${would} would act` : ""]
    .filter(Boolean)
    .join(", ");
}
