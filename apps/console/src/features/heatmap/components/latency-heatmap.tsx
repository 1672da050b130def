"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import type { Heatmap } from "../../../server/heatmap/of.ts";
import { Answer } from "../../../ui/answer.tsx";
import { ChangeTicks, useChanges } from "../../changes/index.ts";
import { useWindow, windowWords } from "../../time/index.ts";
import { useHeatRegion } from "../hooks/use-heat-region.ts";
import { heatGrid } from "../view-model/heat-grid.ts";
import { HeatmapFigure } from "./heatmap-figure.tsx";
import { RegionFindings } from "./region-findings.tsx";

interface ServiceName {
  readonly namespace: string;
  readonly service: string;
}

export interface LatencyHeatmapProps {
  readonly destination: ServiceName;
  /** Only this caller's requests; absent: whoever called. */
  readonly source?: ServiceName;
}

/** The latency heatmap of an edge or a service, and what a chosen part of it tells. The part is in the address. */
export function LatencyHeatmap({ destination, source }: LatencyHeatmapProps) {
  const { length } = useWindow();
  const subject = { destination, ...(source ? { source } : {}), window: length };
  const heatmap = useQuery(useTRPC().heatmap.of.queryOptions(subject, { placeholderData: keepPreviousData }));
  return (
    <Answer query={heatmap} what="the latencies" rows={6}>
      {(data) => <Drawn heatmap={data} subject={subject} />}
    </Answer>
  );
}

/** Rows of at least four pixels. */
const mostRows = 44;

type Subject = LatencyHeatmapProps & { readonly window: ReturnType<typeof useWindow>["length"] };

function Drawn({ heatmap, subject }: { heatmap: Heatmap; subject: Subject }) {
  const [region, setRegion] = useHeatRegion();
  const grid = useMemo(() => heatGrid(heatmap, mostRows), [heatmap]);
  const { namespace, service: name } = subject.destination;
  const changes = useChanges({ namespace, name });
  if (!grid) return <p className="text-muted">No requests in the {windowWords(subject.window)}.</p>;
  return (
    <div className="flex flex-col gap-4">
      <HeatmapFigure
        grid={grid}
        of={subject.destination.service}
        region={region}
        onRegion={(next) => void setRegion(next)}
        marks={(axis) => <ChangeTicks changes={changes.data} axis={axis} of="latencies" />}
      />
      {region && (
        <RegionFindings grid={grid} subject={subject} region={region} onClear={() => void setRegion(null)} />
      )}
    </div>
  );
}
