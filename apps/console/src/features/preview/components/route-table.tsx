"use client";

import Link from "next/link";
import { useState } from "react";
import type { ObservedRoute, ObservedRoutes } from "../../../server/preview/observed-schemas.ts";
import { Button } from "../../../ui/button.tsx";
import { formatCount, plural } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { SortHead } from "../../../ui/sort-head.tsx";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { useLink } from "../../frame/index.ts";
import { policyPath } from "../../policies/view-model/policy-path.ts";
import { ExampleTrace } from "../../traces/components/example-trace.tsx";
import { usePreviewSort } from "../hooks/use-preview-sort.ts";
import { effectWords } from "../view-model/effect-words.ts";
import { endText, routeKeys, sortRows } from "../view-model/outlook-rows.ts";
import { rangeWords } from "../view-model/range-words.ts";
import { EffectGlyph } from "./effect-glyph.tsx";

interface RouteTableProps {
  readonly rows: readonly ObservedRoute[];
  /** All of one policy: its name and service are told elsewhere. */
  readonly isOfOne?: boolean;
}

/** Logged requests by caller, method and path, with what would have become of them and traces of some. */
export function RouteTable({ rows, isOfOne = false }: RouteTableProps) {
  const linkTo = useLink();
  const order = usePreviewSort();
  const [isWhole, setWhole] = useState(false);
  const sorted = sortRows(rows, routeKeys[order.sort], order.descending);
  const shown = isWhole ? sorted : sorted.slice(0, shownAtFirst);
  return (
    <>
      <Table caption="By route">
        <thead>
          <tr>
            <SortHead column="name" text="Caller" {...order} />
            <SortHead column="service" text={isOfOne ? "Route" : "Service and route"} {...order} />
            {!isOfOne && <HeadCell>Policy</HeadCell>}
            <SortHead column="refused" text="Would be" {...order} />
            <SortHead column="requests" text="Logged requests" numeric {...order} />
            <HeadCell>Examples</HeadCell>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={keyOf(row)} className="hover:bg-hover">
              <Cell className="whitespace-nowrap">{endText(row.source)}</Cell>
              <Cell className="min-w-52">
                {!isOfOne && <span className="mr-2 whitespace-nowrap">{endText(row.destination)}</span>}
                <code className="font-mono text-xs [overflow-wrap:anywhere]">{routeWords(row)}</code>
              </Cell>
              {!isOfOne && (
                <Cell>
                  <Link
                    href={linkTo(policyPath({ namespace: row.destination.namespace, name: row.policy }))}
                    className="hover:underline"
                  >
                    {row.policy}
                  </Link>
                </Cell>
              )}
              <Cell>
                <span className="flex items-center gap-1.5 whitespace-nowrap" title={row.verdict}>
                  <EffectGlyph group={effectWords[row.effect].group} />
                  {row.atLeast === row.atMost ? "" : rangeWords(row)} {effectWords[row.effect].brief}
                </span>
              </Cell>
              <Cell numeric>{formatCount(row.requests)}</Cell>
              <Cell>
                <Examples traceIds={row.traceIds} />
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
      {shown.length < sorted.length && (
        <div className="px-4 py-2">
          <Button size="small" onClick={() => setWhole(true)}>
            Show all {formatCount(sorted.length)}
          </Button>
        </div>
      )}
    </>
  );
}

const shownAtFirst = 12;

function Examples({ traceIds }: Pick<ObservedRoute, "traceIds">) {
  return (
    <span className="flex gap-2 text-xs">
      {traceIds.map((traceId) => (
        <ExampleTrace key={traceId} traceId={traceId} />
      ))}
      {traceIds.length === 0 && <span className="text-faint">none kept</span>}
    </span>
  );
}

/** How far back routes were read, and how many are left out; undefined: all of the window, and all of them. */
export function routesNote({ window, readFromMs, more }: ObservedRoutes): string | undefined {
  const parts = [
    readFromMs > window.fromMs &&
      `Routes rest on requests logged since ${formatMoment(readFromMs, window.toMs)}: earlier ones were too many to be read in time.`,
    more > 0 && `${plural(more, "more row")} with fewer requests are not listed.`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(" ") : undefined;
}

function routeWords({ method, path }: ObservedRoute): string {
  return path === "*" ? "other paths" : `${method} ${path}`;
}

function keyOf({ source, destination, policy, verdict, method, path }: ObservedRoute): string {
  return JSON.stringify([source, destination, policy, verdict, method, path]);
}
