"use client";

import { servicePath } from "@weir/domain/browser";
import { healthOf } from "@weir/graph";
import Link from "next/link";
import type { Caller, Neighbour } from "../../../server/services/get.ts";
import { formatCount, formatRate, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { useLink } from "../../frame/index.ts";
import { HealthGlyph, healthText, healthWords } from "../../topology/index.ts";

interface ServiceNeighboursProps {
  readonly caption: string;
  /** `in`: they call the service; then both sides count, and what is lost between them shows. */
  readonly direction: "in" | "out";
  readonly edges: readonly (Neighbour | Caller)[];
}

/** The other ends of a service's edges, the busiest first: to their own pages, and to the edge on the map. */
export function ServiceNeighbours({ caption, direction, edges }: ServiceNeighboursProps) {
  const link = useLink();
  if (edges.length === 0) return <p className="p-4 text-muted">None in this window.</p>;
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <HeadCell>{direction === "in" ? "Caller" : "Called"}</HeadCell>
          <HeadCell numeric>Rate</HeadCell>
          <HeadCell numeric>Errors</HeadCell>
          <HeadCell numeric>p95</HeadCell>
          {direction === "in" && <HeadCell numeric>Sent / arrived</HeadCell>}
          <HeadCell>
            <span className="sr-only">Edge</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {[...edges]
          .sort((a, b) => b.requests - a.requests)
          .map((edge) => {
            const { other } = edge;
            const health = healthOf(edge);
            const name = other.kind === "outside" ? "outside the mesh" : other.name;
            return (
              <tr key={edge.id} className="hover:bg-hover">
                <Cell className="max-w-60">
                  <span className="flex items-center gap-2">
                    <HealthGlyph health={health} />
                    <span className="sr-only">{healthWords[health]}</span>
                    {other.kind === "outside" ? (
                      name
                    ) : (
                      <Link
                        href={link(servicePath(other))}
                        className="truncate underline-offset-4 hover:underline"
                        title={other.id}
                      >
                        {name}
                      </Link>
                    )}
                  </span>
                </Cell>
                <Cell numeric>{formatRate(edge.rps)}</Cell>
                <Cell numeric className={edge.errors > 0 ? healthText[health] : "text-faint"}>
                  {formatShare(edge.errorShare)}
                </Cell>
                <Cell numeric>{formatSeconds(edge.p95)}</Cell>
                {direction === "in" && <Cell numeric>{bothCounts(edge)}</Cell>}
                <Cell>
                  <Link
                    href={link(`/?edge=${encodeURIComponent(edge.id)}`)}
                    aria-label={`The way ${direction === "in" ? "from" : "to"} ${name} on the map`}
                    className="text-accent text-xs underline-offset-4 hover:underline"
                  >
                    map
                  </Link>
                </Cell>
              </tr>
            );
          })}
      </tbody>
    </Table>
  );
}

/** What the caller's sidecar sent and what the service's own received; attempts count one by one. */
function bothCounts(edge: Neighbour | Caller): string {
  if (!("sent" in edge) || (edge.sent === undefined && edge.arrived === undefined)) return "–";
  return `${formatCount(edge.sent?.requests)} / ${formatCount(edge.arrived?.requests)}`;
}
