"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { healthOf } from "@weir/graph";
import { parseAsString, useQueryStates } from "nuqs";
import { useTRPC } from "../../../client/trpc.ts";
import type { PlaceEnd } from "../../../server/topology/end.ts";
import { unpackMap } from "../../../server/topology/packed-map.ts";
import { formatRate, formatSeconds, formatShare } from "../../../ui/format/numbers.ts";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { useWindow } from "../../time/index.ts";
import { healthWords, nameOf } from "../view-model/describe.ts";
import { memberEdges } from "../view-model/member-edges.ts";
import { HealthGlyph } from "./health-glyph.tsx";

/** More than these are for the map of services itself. */
const mostShown = 50;

interface MemberEdgeListProps {
  readonly ends: { readonly source: PlaceEnd; readonly destination: PlaceEnd };
}

/** The ways between services that an edge of whole namespaces or of versions runs along; each opens on the map of services. */
export function MemberEdgeList({ ends }: MemberEdgeListProps) {
  const { length } = useWindow();
  const openOnServices = useOpenOnServices();
  const map = useQuery(
    useTRPC().topology.get.queryOptions(
      { window: length },
      { placeholderData: keepPreviousData, select: unpackMap },
    ),
  );
  if (map.isPending) return <SkeletonRows rows={3} what="ways" />;
  if (!map.data) return <p className="text-muted">They cannot be read right now.</p>;
  const members = memberEdges(map.data, ends);
  if (members.length === 0) return <p className="text-muted">None in this window.</p>;
  const nodes = new Map(map.data.nodes.map((node) => [node.id, node]));
  const name = (id: string) => {
    const node = nodes.get(id);
    return node ? nameOf(node) : id;
  };
  return (
    <>
      <ul className="-mx-2">
        {members.slice(0, mostShown).map((edge) => (
          <li key={edge.id}>
            <button
              type="button"
              onClick={() => openOnServices(edge.id)}
              className="grid w-full grid-cols-[auto_1fr_4rem_3rem_4rem] items-center gap-2 rounded-sm px-2 py-1 text-left hover:bg-hover"
            >
              <HealthGlyph health={healthOf(edge)} />
              <span className="truncate">
                {name(edge.source)} → {name(edge.target)}{" "}
                <span className="sr-only">{healthWords[healthOf(edge)]}</span>
              </span>
              <span className="text-right font-mono text-[0.8125rem]">{formatRate(edge.rps)}</span>
              <span className="text-right font-mono text-[0.8125rem] text-muted">
                {formatShare(edge.errorShare)}
              </span>
              <span className="text-right font-mono text-[0.8125rem] text-muted">
                {formatSeconds(edge.p99)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {members.length > mostShown && (
        <p className="mt-1 text-muted text-xs">And {members.length - mostShown} with less traffic.</p>
      )}
    </>
  );
}

/** Goes to the map of services with an edge selected; back leads to where one was. */
function useOpenOnServices() {
  const [, set] = useQueryStates(
    { by: parseAsString, toggled: parseAsString, node: parseAsString, edge: parseAsString },
    { history: "push" },
  );
  return (edge: string) => void set({ by: null, toggled: null, node: null, edge });
}
