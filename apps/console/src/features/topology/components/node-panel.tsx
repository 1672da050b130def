"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { servicePath } from "@weir/domain/browser";
import { healthOf } from "@weir/graph";
import { ChartGantt, Focus, Rows3, Split, UnfoldVertical } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useTRPC } from "../../../client/trpc.ts";
import type { MapNode, MapView } from "../../../server/topology/topology-view.ts";
import { Button, buttonClasses } from "../../../ui/button.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { formatRate, plural } from "../../../ui/format/numbers.ts";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { useChanges } from "../../changes/index.ts";
import { canaryPath, tracesPath, useLink } from "../../frame/index.ts";
import { LatencyHeatmap } from "../../heatmap/index.ts";
import { ServiceModeSwitch } from "../../modes/index.ts";
import { useWindow } from "../../time/index.ts";
import { useMapFocus } from "../hooks/use-map-focus.ts";
import { useMapShape } from "../hooks/use-map-shape.ts";
import type { Selection } from "../hooks/use-selection.ts";
import { healthWords, nameOf } from "../view-model/describe.ts";
import { placeOf } from "../view-model/place-of.ts";
import { BlastRadiusList } from "./blast-radius-list.tsx";
import { GoldenSignals } from "./golden-signals.tsx";
import { HealthGlyph } from "./health-glyph.tsx";
import { HealthReason } from "./health-reason.tsx";
import { MarkList } from "./mark-list.tsx";
import { NeighbourList } from "./neighbour-list.tsx";
import { PanelPart, SidePanel } from "./side-panel.tsx";
import { VersionTable } from "./version-table.tsx";

const UnderWay = dynamic(() => import("./under-way.tsx").then((part) => part.UnderWay), { ssr: false });

interface NodePanelProps {
  readonly node: MapNode;
  readonly view: MapView;
  onSelect(selection: Selection | undefined): void;
}

/** A service, one of its versions, or a namespace: its mode and switch, golden signals, versions, who calls it and whom it calls. */
export function NodePanel({ node, view, onSelect }: NodePanelProps) {
  const { toggle } = useMapShape();
  const { focusOn } = useMapFocus();
  const outside = node.kind === "outside";
  /** Not one of its versions, nor a namespace. */
  const isWhole = !outside && node.kind !== "namespace" && node.version === undefined;
  const health = healthOf(node);
  return (
    <SidePanel
      title={nameOf(node)}
      onClose={() => onSelect(undefined)}
      heading={
        <>
          <h2 className="truncate font-semibold text-base">{nameOf(node)}</h2>
          <p className="flex items-center gap-1.5 text-muted text-xs">
            {outside ? (
              "Callers without a sidecar: known by what they asked for"
            ) : (
              <>
                <HealthGlyph health={health} /> {healthWords[health]} · {node.namespace || "no namespace"}
                {node.kind === "seen" && " · telemetry only, no sidecar"}
                {node.services !== undefined && ` · ${plural(node.services, "service")}, collapsed`}
                {node.insideRps ? ` · ${formatRate(node.insideRps)} from one of them to another` : ""}
              </>
            )}
          </p>
          {!outside && <HealthReason outcomes={node} />}
          <MarkList marks={node.marks} />
          <Button className="mt-1.5" onClick={() => focusOn({ around: node.id })}>
            <Focus size={15} aria-hidden /> Focus on it
          </Button>
        </>
      }
    >
      {isWhole && node.kind === "service" && <UnderWay namespace={node.namespace} name={node.name} />}
      {node.kind === "namespace" && (
        <PanelPart title="Services">
          <Button onClick={() => toggle(node.namespace)}>
            <UnfoldVertical size={15} aria-hidden /> Open {nameOf(node)} in place
          </Button>
        </PanelPart>
      )}
      {isWhole && node.kind === "service" && (
        <PanelPart title="Mode">
          <ServiceModeSwitch namespace={node.namespace} service={node.name} />
        </PanelPart>
      )}
      {!outside && <NodeSignals node={node} />}
      {isWhole && (
        <PanelPart title="Latency over time">
          <LatencyHeatmap destination={{ namespace: node.namespace, service: node.name }} />
        </PanelPart>
      )}
      {node.versions.length > 0 && (
        <PanelPart title="Versions">
          <div className="-mx-4 -mb-3">
            <VersionTable
              caption={`Versions of ${node.name}`}
              rows={node.versions}
              stableVersion={node.stableVersion}
            />
          </div>
        </PanelPart>
      )}
      {!outside && (
        <PanelPart title="Blast radius">
          <BlastRadiusList node={node} view={view} onSelect={onSelect} />
        </PanelPart>
      )}
      <PanelPart title="Callers">
        <NeighbourList
          view={view}
          edges={view.edges.filter((e) => e.target === node.id)}
          end="source"
          onSelect={onSelect}
        />
      </PanelPart>
      <PanelPart title="Calls">
        <NeighbourList
          view={view}
          edges={view.edges.filter((e) => e.source === node.id)}
          end="target"
          onSelect={onSelect}
        />
      </PanelPart>
      {!outside && node.kind !== "namespace" && <NodeLinks node={node} />}
    </SidePanel>
  );
}

function NodeSignals({ node }: { node: MapNode }) {
  const { length } = useWindow();
  const signals = useQuery(
    useTRPC().topology.ofNode.queryOptions(
      { place: placeOf(node), window: length },
      { placeholderData: keepPreviousData },
    ),
  );
  const changes = useChanges({ namespace: node.namespace, name: node.name });
  return (
    <PanelPart title="What it received">
      {signals.isPending && <SkeletonRows rows={6} what="signals" />}
      {signals.isError && !signals.data && (
        <ErrorState error={signals.error} what="its signals" retry={() => void signals.refetch()} />
      )}
      {signals.data && <GoldenSignals signals={signals.data} changes={changes.data} />}
    </PanelPart>
  );
}

function NodeLinks({ node }: { node: MapNode }) {
  const link = useLink();
  return (
    <div className="flex flex-wrap gap-2 px-4 py-3">
      <Link className={buttonClasses("secondary", "normal")} href={link(tracesPath(node))}>
        <ChartGantt size={15} aria-hidden /> Traces of {node.name}
      </Link>
      <Link className={buttonClasses("secondary", "normal")} href={link(servicePath(node))}>
        <Rows3 size={15} aria-hidden /> Its page
      </Link>
      {node.kind === "service" && (
        <Link className={buttonClasses("secondary", "normal")} href={link(canaryPath(node))}>
          <Split size={15} aria-hidden /> Canary
        </Link>
      )}
    </div>
  );
}
