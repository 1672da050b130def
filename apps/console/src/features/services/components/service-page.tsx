"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { namespaceOfPath } from "@weir/domain/browser";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { Segments } from "../../../ui/segments.tsx";
import { ChangeList, useChanges } from "../../changes/index.ts";
import { WatchedService } from "../../enforcement/components/watched-service.tsx";
import { NoSuchService } from "../../frame/index.ts";
import { useWindow } from "../../time/index.ts";
import { type ServicePart, useServicePart } from "../hooks/use-service-part.ts";
import { ServiceEndpoints } from "./service-endpoints.tsx";
import { ServiceHeader } from "./service-header.tsx";
import { ServiceOverview } from "./service-overview.tsx";
import { ServicePolicies } from "./service-policies.tsx";
import { ServiceRollout } from "./service-rollout.tsx";
import { ServiceRoutes } from "./service-routes.tsx";

interface ServicePageProps {
  /** As it stands in the address. */
  readonly namespace: string;
  readonly service: string;
}

const parts: readonly { readonly value: ServicePart; readonly label: string }[] = [
  { value: "overview", label: "Overview" },
  { value: "routes", label: "Routes" },
  { value: "policies", label: "Policies" },
  { value: "endpoints", label: "Endpoints" },
  { value: "changes", label: "Changes" },
];

/** All that is known of one service: how it does, who calls it, what touches its requests, and what was changed. */
export function ServicePage({ namespace: inAddress, service: name }: ServicePageProps) {
  const { length } = useWindow();
  const { part, setPart } = useServicePart();
  const namespace = namespaceOfPath(inAddress);
  const of = { service: { namespace, service: name }, window: length };
  const found = useQuery(useTRPC().services.get.queryOptions(of, { placeholderData: keepPreviousData }));
  const changes = useChanges({ namespace, name });
  if (found.isError && problemOf(found.error).code === "NOT_FOUND")
    return <NoSuchService namespace={namespace} name={name} under="/services" />;
  return (
    <div className="mx-auto flex max-w-384 flex-col gap-4 p-3 md:p-6">
      <Answer query={found} what="the service" rows={12}>
        {(data) => (
          <>
            <ServiceHeader node={data.node} />
            <ServiceRollout namespace={namespace} name={name} />
            <WatchedService namespace={namespace} name={name} />
            <div className="max-w-full self-start overflow-x-auto">
              <Segments label="Part of the page" value={part} onChange={setPart} options={parts} />
            </div>
            {part === "overview" && <ServiceOverview of={of} found={data} changes={changes.data} />}
            {part === "routes" && (
              <Panel title="Routes" flush>
                <ServiceRoutes of={of} />
              </Panel>
            )}
            {part === "policies" && (
              <Panel title="Policies" flush>
                <ServicePolicies of={of} />
              </Panel>
            )}
            {part === "endpoints" && (
              <Panel title="Endpoints" flush>
                <ServiceEndpoints service={of.service} />
              </Panel>
            )}
            {part === "changes" && (
              <Panel title="Recent changes">
                <Answer query={changes} what="the changes">
                  {({ changes: list, toMs }) =>
                    list.length > 0 ? (
                      <ChangeList changes={list} nowMs={toMs} />
                    ) : (
                      <p className="text-muted">Nothing that concerns it was changed in this window.</p>
                    )
                  }
                </Answer>
              </Panel>
            )}
          </>
        )}
      </Answer>
    </div>
  );
}
