"use client";

import { neighbourWays } from "@weir/graph";
import { X } from "lucide-react";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { Button } from "../../../ui/button.tsx";
import { plural } from "../../../ui/format/numbers.ts";
import { Segments } from "../../../ui/segments.tsx";
import { useMapFocus } from "../hooks/use-map-focus.ts";
import { nameOf } from "../view-model/describe.ts";
import { focusDepths } from "../view-model/view-around.ts";

const wayNames = { both: "Both", callers: "Callers", callees: "Callees" } as const;

/** Says what the map is focused on, and how far; nothing while it shows all. */
export function FocusBar({ all, shown }: { all: MapView; shown: MapView | undefined }) {
  const { focus, change, showAll } = useMapFocus();
  if (!focus) return null;
  const node = all.nodes.find(({ id }) => id === focus.around);
  return (
    <section
      aria-label="Focus"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-t bg-accent-soft px-3 py-1.5 text-sm"
    >
      {node ? (
        <>
          <p>
            Around <strong className="font-semibold">{nameOf(node)}</strong>{" "}
            <span className="text-muted text-xs">
              {shown?.nodes.length ?? 0} of {plural(all.nodes.length, "node")}
            </span>
          </p>
          <Segments
            label="Whom to follow"
            value={focus.way}
            onChange={(way) => change({ way })}
            options={neighbourWays.map((value) => ({ value, label: wayNames[value] }))}
          />
          <Segments
            label="How many calls away"
            value={focus.depth}
            onChange={(depth) => change({ depth })}
            options={focusDepths.map((value) => ({
              value,
              label: value,
              title: value === "all" ? "However many calls away" : plural(Number(value), "call"),
            }))}
          />
        </>
      ) : (
        <p>
          <span className="font-mono text-xs">{focus.around}</span> is not in this window, so all is shown.
        </p>
      )}
      <Button look="quiet" className="ml-auto" onClick={showAll}>
        <X size={14} aria-hidden /> Show all
      </Button>
    </section>
  );
}
