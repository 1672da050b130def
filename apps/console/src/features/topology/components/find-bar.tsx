"use client";

import { completeFind, parseFind } from "@weir/graph";
import { useCallback, useMemo } from "react";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { plural } from "../../../ui/format/numbers.ts";
import { QueryInput } from "../../../ui/query-input.tsx";
import { vocabularyOf } from "../view-model/find-elements.ts";
import type { Found, Hidden } from "../view-model/find-on-map.ts";

interface FindBarProps {
  /** With what is hidden. */
  readonly view: MapView;
  readonly find: string;
  readonly hide: string;
  readonly found: Found | undefined;
  readonly hidden: Hidden;
  onFind(text: string): void;
  onHide(text: string): void;
}

const faultOf = (draft: string) => parseFind(draft).problem;

/** Two fields of one language: what is looked for stands out, what is hidden goes. */
export function FindBar({ view, find, hide, found, hidden, onFind, onHide }: FindBarProps) {
  const vocabulary = useMemo(() => vocabularyOf(view), [view]);
  const completionsOf = useCallback(
    (draft: string, caret: number) => completeFind(draft, caret, vocabulary),
    [vocabulary],
  );
  const fields = [
    { label: "Find", placeholder: "Find: error > 1% and not (ns = infra)", text: find, onAsk: onFind },
    { label: "Hide", placeholder: "Hide: rps < 0.1 or name ~ cron", text: hide, onAsk: onHide },
  ];
  return (
    <search className="flex shrink-0 flex-wrap items-start gap-2 px-3 pb-2">
      {fields.map((field) => (
        <div key={field.label} className="flex min-w-64 grow basis-0">
          <QueryInput {...field} faultOf={faultOf} completionsOf={completionsOf} asYouType />
        </div>
      ))}
      {/* There from the start, empty or not: a live region that appears with its text is not read out. */}
      <p role="status" className="self-center text-muted text-xs empty:-ml-2">
        {[
          ...(found ? [`${counted(found)} found`] : []),
          ...(hidden.services + hidden.edges > 0 ? [`${counted(hidden)} hidden`] : []),
        ].join(", ")}
      </p>
    </search>
  );
}

function counted({ services, edges }: Found | Hidden): string {
  return `${plural(services, "service")} and ${plural(edges, "edge")}`;
}
