"use client";

import Link from "next/link";
import type { End } from "../../../server/topology/end.ts";
import { useLink } from "../../frame/index.ts";
import { EffectList } from "../../preview/components/effect-list.tsx";
import { OutlookBar } from "../../preview/components/outlook-bar.tsx";
import { useObservedEffect } from "../../preview/hooks/use-observed-effect.ts";
import { endText } from "../../preview/view-model/outlook-rows.ts";
import { useEdgeLabel } from "../hooks/use-edge-label.ts";
import { PanelPart } from "./side-panel.tsx";

/** What would become of the requests of one edge, while the map tells that. */
export function EdgeOutlookPart({ source, destination }: { source: End; destination: End }) {
  const isWanted = useEdgeLabel().label === "enforced";
  const { data } = useObservedEffect({ scope: "mesh" }, isWanted);
  const linkTo = useLink();
  if (!isWanted || !data) return null;
  const own = data.edges.find(
    (edge) => endText(edge.source) === endText(source) && endText(edge.destination) === endText(destination),
  );
  return (
    <PanelPart title="If every policy were enforced">
      {own ? (
        <div className="flex flex-col gap-2">
          <OutlookBar effects={own.effects} all={own.requests} />
          <EffectList effects={own.effects} label="What would become of its requests" />
          <Link
            href={linkTo(`/preview?by=routes&of=${encodeURIComponent(endText(source))}`)}
            className="text-accent text-xs hover:underline"
          >
            By route, with examples
          </Link>
        </div>
      ) : (
        <p className="text-muted text-xs">Its requests would fare as they did.</p>
      )}
    </PanelPart>
  );
}
