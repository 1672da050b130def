"use client";

import type { End } from "../../../server/topology/end.ts";
import { PreviewedCallerItem } from "../../policies/components/previewed-caller.tsx";
import { type DraftOnMap, useDraftOnMap } from "../../preview/hooks/use-draft-on-map.ts";
import { endText } from "../../preview/view-model/outlook-rows.ts";
import { useWindowWords } from "../../time/index.ts";
import { useEdgeLabel } from "../hooks/use-edge-label.ts";
import { PanelPart } from "./side-panel.tsx";

interface DraftOutlookPartProps {
  readonly source: End;
  readonly destination: End;
}

/** What a draft would have done to the requests of one edge, while the map tells that. */
export function DraftOutlookPart(ends: DraftOutlookPartProps) {
  const isWanted = useEdgeLabel().label === "draft";
  const draft = useDraftOnMap();
  return isWanted && draft ? <Told {...ends} draft={draft} /> : null;
}

function Told({ source, destination, draft }: DraftOutlookPartProps & { draft: DraftOnMap }) {
  const { name, preview, window } = draft;
  const words = useWindowWords(window);
  const target = endText({ namespace: preview.service.namespace, service: preview.service.name });
  const isItsService = endText(destination) === target;
  const own = isItsService && preview.callers.find((caller) => endText(caller) === endText(source));
  return (
    <PanelPart title={`If draft ${name} were enforced`}>
      {own ? (
        <>
          <p className="text-muted text-xs">Replayed over the {words}.</p>
          <ul>
            <PreviewedCallerItem caller={own} />
          </ul>
        </>
      ) : (
        <p className="text-muted text-xs">
          {isItsService
            ? `Of this caller the preview of the ${words} tells no request.`
            : `The draft is about requests to ${target}: these would fare as they did.`}
        </p>
      )}
    </PanelPart>
  );
}
