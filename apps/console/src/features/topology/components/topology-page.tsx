"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { List, Waypoints } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useMemo, useState } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import type { AppRouter } from "../../../server/router.ts";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { Segments } from "../../../ui/segments.tsx";
import { StaleBadge } from "../../../ui/stale-badge.tsx";
import { isTyping } from "../../frame/index.ts";
import { NothingInScope, useScopedView } from "../../scope/index.ts";
import { useWindow, windowWords } from "../../time/index.ts";
import { useCompared } from "../../time-travel/index.ts";
import { useDirection } from "../hooks/use-direction.ts";
import { useEdgeLabel } from "../hooks/use-edge-label.ts";
import { useFind } from "../hooks/use-find.ts";
import { useMapFocus } from "../hooks/use-map-focus.ts";
import { useMapOrList } from "../hooks/use-map-or-list.ts";
import { useMapShape } from "../hooks/use-map-shape.ts";
import { usePlacement } from "../hooks/use-placement.ts";
import { useSelection } from "../hooks/use-selection.ts";
import { describeMap } from "../view-model/describe.ts";
import { isOn } from "../view-model/find-on-map.ts";
import { mapGraph } from "../view-model/map-graph.ts";
import { mapUnpacker } from "../view-model/map-unpacker.ts";
import { viewAround } from "../view-model/view-around.ts";
import { FindBar } from "./find-bar.tsx";
import { MapChoices } from "./map-choices.tsx";
import { MapFailed } from "./map-failed.tsx";
import { MapSkeleton } from "./map-skeleton.tsx";
import { ServiceMap } from "./service-map.tsx";

// What is not on the map itself comes when it is asked for, or after the map: the page is there sooner.
const SelectionPanel = dynamic(
  () => import("./selection-panel.tsx").then((module) => module.SelectionPanel),
  { ssr: false },
);
const EdgeList = dynamic(() => import("./edge-list.tsx").then((module) => module.EdgeList), { ssr: false });
const MapEmpty = dynamic(() => import("./map-empty.tsx").then((module) => module.MapEmpty), { ssr: false });
const FocusBar = dynamic(() => import("./focus-bar.tsx").then((module) => module.FocusBar), { ssr: false });
const OutlookStrip = dynamic(() => import("./outlook-strip.tsx").then((module) => module.OutlookStrip), {
  ssr: false,
});
const DraftStrip = dynamic(() => import("./draft-strip.tsx").then((module) => module.DraftStrip), {
  ssr: false,
});
const DifferencePanel = dynamic(
  () => import("./difference-panel.tsx").then((module) => module.DifferencePanel),
  { ssr: false },
);
const TimeStrip = dynamic(() => import("./time-strip.ts").then((module) => module.TimeStrip), {
  ssr: false,
  loading: () => <div className="hidden h-18 shrink-0 border-line border-t bg-surface md:block" />,
});

type MapAnswer = inferRouterOutputs<AppRouter>["topology"]["get"];

/** The map of the mesh, or the same as a list, with a panel for what is selected. */
export function TopologyPage() {
  const { length } = useWindow();
  const { as, setAs } = useMapOrList();
  const { selection, select } = useSelection();
  const { label } = useEdgeLabel();
  const direction = useDirection();
  const shape = useMapShape();
  const [unpack] = useState(() => mapUnpacker<MapAnswer>());
  const query = useQuery(
    useTRPC().topology.get.queryOptions(
      { window: length, ...shape.input },
      { placeholderData: keepPreviousData, select: unpack, structuralSharing: false },
    ),
  );
  const all = useScopedView(query.data);
  const { focus } = useMapFocus();
  const around = useMemo(() => all && viewAround(all, focus), [all, focus]);
  const { view, found, hidden, find, hide, setFind, setHide } = useFind(around);
  const compared = useCompared(query.isPlaceholderData ? undefined : view, shape.input);
  // Where nothing differs, nothing is put in the shade either.
  const sought = found?.ids ?? (compared?.ids?.size ? compared.ids : undefined);
  const graph = useMemo(() => (view && direction ? mapGraph(view, direction) : undefined), [view, direction]);
  const { placement, error: layoutError, arrange } = usePlacement(graph);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && selection && !isTyping(event.target)) select(undefined);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [selection, select]);

  if (query.isError && !all)
    return <ErrorState error={query.error} what="the map" retry={() => void query.refetch()} />;
  if (query.data?.nodes.length === 0) return <MapEmpty />;
  return (
    <div className="flex h-full flex-col">
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5">
        <h1 className="sr-only">Map</h1>
        <p className="grow basis-full text-muted text-xs sm:basis-0">
          {view ? `${describeMap(view.nodes, view.edges)}, ${windowWords(length)}` : "Reading…"}
        </p>
        {view && <StaleBadge newestAtMs={view.newestAtMs} nowMs={view.atMs} />}
        {query.isError && view && <Outdated />}
        <MapChoices />
        <Segments
          label="View"
          value={as}
          onChange={setAs}
          options={[
            { value: "map", label: <Waypoints size={14} aria-hidden />, title: "Map" },
            { value: "list", label: <List size={14} aria-hidden />, title: "List" },
          ]}
        />
      </div>
      {all && <FindBar {...{ view: all, find, hide, found, hidden }} onFind={setFind} onHide={setHide} />}
      {all && label === "enforced" && <OutlookStrip />}
      {all && label === "draft" && <DraftStrip />}
      {all && focus && <FocusBar all={all} shown={around} />}
      <div className="flex min-h-0 grow flex-col border-line border-t md:flex-row">
        <div className="min-h-0 min-w-0 grow">
          {layoutError !== undefined && as === "map" ? (
            <MapFailed error={layoutError} what="the map's layout" retry={arrange} />
          ) : all?.nodes.length === 0 ? (
            <NothingInScope what="service" />
          ) : view?.nodes.length === 0 ? (
            <EmptyState title="Everything is hidden">
              <p>What the Hide field asks for leaves nothing to show.</p>
            </EmptyState>
          ) : view && as === "list" ? (
            <EdgeList view={view} found={sought} selection={selection} onSelect={select} />
          ) : view && placement ? (
            <ServiceMap
              view={view}
              placement={placement}
              found={sought}
              selection={selection}
              onSelect={select}
              onArrange={arrange}
            />
          ) : (
            <MapSkeleton />
          )}
        </div>
        {view && selection && (
          <SelectionPanel
            view={view}
            whole={all ?? view}
            selection={selection}
            isHidden={view !== all && all !== undefined && isOn(all, selection)}
            onSelect={select}
          />
        )}
        {view && !selection && compared && (
          <DifferencePanel view={view} compared={compared} length={length} onSelect={select} />
        )}
      </div>
      <TimeStrip />
    </div>
  );
}

/** The last answer is still shown, and the newest could not be had. */
function Outdated() {
  return (
    <span role="alert" className="rounded-md bg-failing-soft px-2 py-0.5 font-medium text-failing text-xs">
      Not up to date: the database or the console does not answer
    </span>
  );
}
