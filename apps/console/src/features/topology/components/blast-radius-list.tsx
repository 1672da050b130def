"use client";

import { blastRadius } from "@weir/graph";
import { useMemo } from "react";
import type { MapNode, MapView } from "../../../server/topology/topology-view.ts";
import { Button } from "../../../ui/button.tsx";
import { formatShare, plural } from "../../../ui/format/numbers.ts";
import { useMapFocus } from "../hooks/use-map-focus.ts";
import type { Selection } from "../hooks/use-selection.ts";
import { nameOf } from "../view-model/describe.ts";

interface BlastRadiusListProps {
  readonly node: MapNode;
  readonly view: MapView;
  onSelect(selection: Selection): void;
}

/** Who loses how much of its work when a node fails, through whatever lies between. */
export function BlastRadiusList({ node, view, onSelect }: BlastRadiusListProps) {
  const { focusOn } = useMapFocus();
  const dependents = useMemo(() => blastRadius(view.edges, node.id), [view.edges, node.id]);
  const nodes = useMemo(() => new Map(view.nodes.map((own) => [own.id, own])), [view.nodes]);
  if (dependents.length === 0) return <p className="text-muted">Nothing called it in this window.</p>;
  return (
    <>
      <p className="mb-2 text-muted text-xs">
        If {nameOf(node)} fails, {plural(dependents.length, "caller")}{" "}
        {dependents.length === 1 ? "loses" : "lose"} at most this share of{" "}
        {dependents.length === 1 ? "its" : "their"} requests:
      </p>
      <ul className="-mx-2">
        {dependents.slice(0, mostShown).map(({ id, distance, share }) => {
          const dependent = nodes.get(id);
          return (
            <li key={id}>
              <button
                type="button"
                onClick={() => onSelect({ kind: "node", id })}
                className="grid w-full grid-cols-[1fr_5rem_3.5rem] items-center gap-2 rounded-sm px-2 py-1 text-left hover:bg-hover"
              >
                <span className="truncate">
                  {dependent ? nameOf(dependent) : id}
                  {distance > 1 && (
                    <span className="text-faint text-xs"> {plural(distance, "call")} away</span>
                  )}
                </span>
                <span aria-hidden className="h-1.5 overflow-hidden rounded-xs bg-sunken">
                  <span className="block h-full bg-degraded" style={{ width: `${share * 100}%` }} />
                </span>
                <span className="text-right font-mono text-[0.8125rem]">{formatShare(share)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {dependents.length > mostShown && (
        <p className="mt-1 text-muted text-xs">and {dependents.length - mostShown} more</p>
      )}
      <Button className="mt-2" onClick={() => focusOn({ around: node.id, way: "callers", depth: "all" })}>
        Show only these on the map
      </Button>
    </>
  );
}

const mostShown = 12;
