"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { healthOf } from "@weir/graph";
import { ArrowRight, ChartGantt } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "../../../client/trpc.ts";
import type { End, PlaceEnd } from "../../../server/topology/end.ts";
import type { MapEdge, MapNode } from "../../../server/topology/topology-view.ts";
import { buttonClasses } from "../../../ui/button.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { formatBytes } from "../../../ui/format/numbers.ts";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { useChanges } from "../../changes/index.ts";
import { tracesPath, useLink } from "../../frame/index.ts";
import { LatencyHeatmap } from "../../heatmap/index.ts";
import { useWindow } from "../../time/index.ts";
import type { Selection } from "../hooks/use-selection.ts";
import { healthWords, nameOf } from "../view-model/describe.ts";
import { placeOf } from "../view-model/place-of.ts";
import { DraftOutlookPart } from "./draft-outlook-part.tsx";
import { EdgeOutlookPart } from "./edge-outlook-part.tsx";
import { EdgeTraces } from "./edge-traces.tsx";
import { GoldenSignals } from "./golden-signals.tsx";
import { HealthGlyph } from "./health-glyph.tsx";
import { HealthReason } from "./health-reason.tsx";
import { MarkList } from "./mark-list.tsx";
import { MemberEdgeList } from "./member-edge-list.tsx";
import { SecurityNote } from "./security-note.tsx";
import { PanelPart, SidePanel } from "./side-panel.tsx";
import { VersionTable } from "./version-table.tsx";

interface EdgePanelProps {
  readonly edge: MapEdge;
  readonly source: MapNode;
  readonly target: MapNode;
  onSelect(selection: Selection | undefined): void;
}

/** The requests from one node of the map to another: golden signals, versions reached, traces. */
export function EdgePanel({ edge, source, target, onSelect }: EdgePanelProps) {
  const { length } = useWindow();
  const link = useLink();
  const health = healthOf(edge);
  const ends = { source: placeOf(source), destination: placeOf(target) };
  const services = servicesOf(ends);
  const signals = useQuery(
    useTRPC().topology.ofEdge.queryOptions(
      { ...ends, window: length },
      { placeholderData: keepPreviousData },
    ),
  );
  const changes = useChanges({ namespace: target.namespace, name: target.name });
  return (
    <SidePanel
      title={`${nameOf(source)} to ${nameOf(target)}`}
      onClose={() => onSelect(undefined)}
      heading={
        <>
          <h2 className="flex flex-wrap items-center gap-x-1.5 font-semibold text-base">
            <EndButton node={source} onSelect={onSelect} />
            <ArrowRight size={15} aria-label="to" className="text-faint" />
            <EndButton node={target} onSelect={onSelect} />
          </h2>
          <p className="flex items-center gap-1.5 text-muted text-xs">
            <HealthGlyph health={health} /> {healthWords[health]} · {edge.protocol || "unknown protocol"} ·{" "}
            <SecurityNote edge={edge} />
            {edge.evidence === "metrics" &&
              ` · ${formatBytes(edge.requestBytes)} sent, ${formatBytes(edge.responseBytes)} back`}
          </p>
          <HealthReason outcomes={edge} />
          <MarkList marks={edge.marks} whole={edge.requests} />
          {edge.evidence === "spans" && (
            <p className="text-muted text-xs">
              Drawn from spans: no sidecar measured these requests.
              {edge.sampled && " The spans are a sample, so there were more requests than these."}
            </p>
          )}
        </>
      }
    >
      {services && <EdgeOutlookPart {...services} />}
      {services && <DraftOutlookPart {...services} />}
      <PanelPart title="Requests on this edge">
        {signals.isPending && <SkeletonRows rows={6} what="signals" />}
        {signals.isError && !signals.data && (
          <ErrorState error={signals.error} what="its signals" retry={() => void signals.refetch()} />
        )}
        {signals.data && <GoldenSignals signals={signals.data} changes={changes.data} />}
      </PanelPart>
      {services ? (
        <PanelPart title="Latency over time">
          <LatencyHeatmap {...services} />
        </PanelPart>
      ) : (
        <PanelPart title="Between these services, with heatmap and traces">
          <MemberEdgeList ends={ends} />
        </PanelPart>
      )}
      {edge.byVersion.length > 0 && (
        <PanelPart title={`Versions of ${nameOf(target)} reached`}>
          <div className="-mx-4 -mb-3">
            <VersionTable
              caption="Versions reached"
              rows={edge.byVersion}
              stableVersion={target.stableVersion}
            />
          </div>
        </PanelPart>
      )}
      {services && (
        <PanelPart title="Newest traces on this edge">
          <EdgeTraces ends={services} />
        </PanelPart>
      )}
      {ends.destination.service !== undefined && (
        <div className="px-4 py-3">
          <Link className={buttonClasses("secondary", "normal")} href={link(tracesPath(target))}>
            <ChartGantt size={15} aria-hidden /> Traces of {target.name}
          </Link>
        </div>
      )}
    </SidePanel>
  );
}

/** Both ends where each is a whole service: of less or of more there are no heatmap and no traces, but of its members. */
function servicesOf({ source, destination }: { readonly source: PlaceEnd; readonly destination: PlaceEnd }) {
  const isService = (place: PlaceEnd): place is End =>
    place.service !== undefined && place.version === undefined;
  return isService(source) && isService(destination) ? { source, destination } : undefined;
}

function EndButton({ node, onSelect }: { node: MapNode; onSelect(selection: Selection): void }) {
  return (
    <button
      type="button"
      className="truncate underline-offset-4 hover:underline"
      onClick={() => onSelect({ kind: "node", id: node.id })}
    >
      {nameOf(node)}
    </button>
  );
}
