"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useTRPC } from "../../../client/trpc.ts";
import type { AppRouter } from "../../../server/router.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Panel } from "../../../ui/panel.tsx";
import type { useChanges } from "../../changes/index.ts";
import { LatencyHeatmap } from "../../heatmap/index.ts";
import { GoldenSignals, VersionTable } from "../../topology/index.ts";
import { ServiceNeighbours } from "./service-neighbours.tsx";
import { type OfService, ServiceOverhead } from "./service-overhead.tsx";

interface ServiceOverviewProps {
  readonly of: OfService;
  readonly found: inferRouterOutputs<AppRouter>["services"]["get"];
  /** Drawn on the time axes. */
  readonly changes: ReturnType<typeof useChanges>["data"];
}

/** How the service does, in which versions, who calls it, and whom it calls. */
export function ServiceOverview({ of, found, changes }: ServiceOverviewProps) {
  const { node, callers, callees } = found;
  const signals = useQuery(
    useTRPC().services.signals.queryOptions(of, { placeholderData: keepPreviousData }),
  );
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Panel title="What it received">
        <Answer query={signals} what="its signals">
          {(data) => <GoldenSignals signals={data} changes={changes} />}
        </Answer>
      </Panel>
      <Panel title="Latency over time">
        <LatencyHeatmap destination={of.service} />
      </Panel>
      <Panel title="Versions" flush>
        {node.versions.length > 0 ? (
          <VersionTable
            caption={`Versions of ${node.name}`}
            rows={node.versions}
            stableVersion={node.stableVersion}
          />
        ) : (
          <p className="p-4 text-muted">No version is known.</p>
        )}
      </Panel>
      <Panel title="What its sidecars add">
        <ServiceOverhead of={of} />
      </Panel>
      <Panel title="Callers" flush>
        <ServiceNeighbours edges={callers} direction="in" caption={`Callers of ${node.name}`} />
      </Panel>
      <Panel title="Calls" flush>
        <ServiceNeighbours edges={callees} direction="out" caption={`Called by ${node.name}`} />
      </Panel>
    </div>
  );
}
