"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Rows3 } from "lucide-react";
import { useTRPC } from "../../../client/trpc.ts";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { NothingInScope, useScope } from "../../scope/index.ts";
import { useWindow, windowWords } from "../../time/index.ts";
import { ServicesTable } from "./services-table.tsx";

/** Every service with its golden signals, side by side. */
export function ServicesPage() {
  const { length } = useWindow();
  const { inScope } = useScope();
  const services = useQuery(
    useTRPC().services.list.queryOptions({ window: length }, { placeholderData: keepPreviousData }),
  );
  const rows = services.data?.filter(({ id }) => inScope(id)) ?? [];
  return (
    <div className="mx-auto flex max-w-384 flex-col gap-4 p-3 md:p-6">
      <h1 className="font-semibold text-lg">
        Services <span className="font-normal text-muted text-sm">{windowWords(length)}</span>
      </h1>
      <Panel flush>
        {services.isPending && <SkeletonRows rows={9} what="services" />}
        {services.isError && !services.data && (
          <ErrorState error={services.error} what="the services" retry={() => void services.refetch()} />
        )}
        {services.data?.length === 0 && (
          <EmptyState title="No service yet" icon={<Rows3 size={30} aria-hidden />}>
            A service appears here once its sidecar has registered, or its telemetry has arrived.
          </EmptyState>
        )}
        {services.data !== undefined && services.data.length > 0 && rows.length === 0 && (
          <NothingInScope what="service" />
        )}
        {rows.length > 0 && <ServicesTable rows={rows} />}
      </Panel>
    </div>
  );
}
