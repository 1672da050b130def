"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { ChangeList, useChanges } from "../../changes/index.ts";
import { NoSuchService, namespaceOfPath } from "../../frame/index.ts";
import { LatencyHeatmap } from "../../heatmap/index.ts";
import { useWindow } from "../../time/index.ts";
import { GoldenSignals, VersionTable } from "../../topology/index.ts";
import { ServiceEndpoints } from "./service-endpoints.tsx";
import { ServiceHeader } from "./service-header.tsx";
import { ServiceNeighbours } from "./service-neighbours.tsx";
import { ServiceOverhead } from "./service-overhead.tsx";
import { ServicePolicies } from "./service-policies.tsx";
import { ServiceRoutes } from "./service-routes.tsx";

interface ServicePageProps {
  /** As it stands in the address. */
  readonly namespace: string;
  readonly service: string;
}

/** All that is known of one service: how it does, who calls it, what touches its requests, and what was changed. */
export function ServicePage({ namespace: part, service: name }: ServicePageProps) {
  const { length } = useWindow();
  const namespace = namespaceOfPath(part);
  const of = { service: { namespace, service: name }, window: length };
  const trpc = useTRPC();
  const found = useQuery(trpc.services.get.queryOptions(of, { placeholderData: keepPreviousData }));
  const signals = useQuery(trpc.services.signals.queryOptions(of, { placeholderData: keepPreviousData }));
  const changes = useChanges({ namespace, name });
  if (found.isError && problemOf(found.error).code === "NOT_FOUND")
    return <NoSuchService namespace={namespace} name={name} under="/services" />;
  return (
    <div className="mx-auto flex max-w-384 flex-col gap-4 p-3 md:p-6">
      <Answer query={found} what="the service" rows={12}>
        {({ node, callers, callees }) => (
          <>
            <ServiceHeader node={node} />
            <div className="grid gap-4 lg:grid-cols-2">
              <Panel title="What it received">
                <Answer query={signals} what="its signals">
                  {(data) => <GoldenSignals signals={data} changes={changes.data} />}
                </Answer>
              </Panel>
              <Panel title="Latency over time">
                <LatencyHeatmap destination={of.service} />
              </Panel>
              <Panel title="Versions" flush>
                {node.versions.length > 0 ? (
                  <VersionTable
                    caption={`Versions of ${name}`}
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
                <ServiceNeighbours edges={callers} direction="in" caption={`Callers of ${name}`} />
              </Panel>
              <Panel title="Calls" flush>
                <ServiceNeighbours edges={callees} direction="out" caption={`Called by ${name}`} />
              </Panel>
            </div>
            <Panel title="Policies" flush>
              <ServicePolicies of={of} />
            </Panel>
            <Panel title="Routes" flush>
              <ServiceRoutes of={of} />
            </Panel>
            <div className="grid gap-4 lg:grid-cols-2">
              <Panel title="Endpoints" flush>
                <ServiceEndpoints service={of.service} />
              </Panel>
              <Panel title="Recent changes">
                <Answer query={changes} what="the changes">
                  {(data) =>
                    data.changes.length > 0 ? (
                      <ChangeList changes={data.changes} nowMs={data.toMs} />
                    ) : (
                      <p className="text-muted">Nothing that concerns it was changed in this window.</p>
                    )
                  }
                </Answer>
              </Panel>
            </div>
          </>
        )}
      </Answer>
    </div>
  );
}
