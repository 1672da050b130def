"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Unplug } from "lucide-react";
import { useTRPC } from "../../../client/trpc.ts";
import { Answer } from "../../../ui/answer.tsx";
import { formatAgo } from "../../../ui/format/times.ts";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";

interface ServiceEndpointsProps {
  readonly service: { readonly namespace: string; readonly service: string };
}

/** Leases move on without a notice. */
const askEveryMs = 10_000;

/** Its sidecars: where each is reached, and until when others may send requests there without hearing of it. */
export function ServiceEndpoints({ service }: ServiceEndpointsProps) {
  const endpoints = useQuery(
    useTRPC().services.endpoints.queryOptions({ service }, { refetchInterval: askEveryMs }),
  );
  return (
    <Answer query={endpoints} what="its endpoints">
      {({ sidecars, nowMs }) =>
        sidecars.length === 0 ? (
          <p className="p-4 text-muted">No sidecar registered for it within the last hour.</p>
        ) : (
          <Table caption="Endpoints">
            <thead>
              <tr>
                <HeadCell>Address</HeadCell>
                <HeadCell>Version</HeadCell>
                <HeadCell>Zone</HeadCell>
                <HeadCell>State</HeadCell>
                <HeadCell numeric>Lease</HeadCell>
              </tr>
            </thead>
            <tbody>
              {sidecars.map((sidecar) => (
                <tr key={sidecar.proxyId} className="hover:bg-hover" title={sidecar.proxyId}>
                  <Cell className="font-mono text-[0.8125rem]">{sidecar.address ?? "calls only"}</Cell>
                  <Cell className="font-mono text-[0.8125rem]">{sidecar.version}</Cell>
                  <Cell className="text-muted">{sidecar.zone ?? "–"}</Cell>
                  <Cell className="whitespace-nowrap">
                    {sidecar.connected ? (
                      <span className="inline-flex items-center gap-1.5 text-ok">
                        <CircleCheck size={14} aria-hidden /> connected{" "}
                        {formatAgo(sidecar.connectedAtMs, nowMs)}
                      </span>
                    ) : (
                      <span className="inline-flex items-center gap-1.5 text-no-data">
                        <Unplug size={14} aria-hidden /> gone since{" "}
                        {formatAgo(sidecar.disconnectedAtMs ?? sidecar.connectedAtMs, nowMs)}
                      </span>
                    )}
                  </Cell>
                  <Cell numeric>
                    {sidecar.leaseUntilMs > nowMs
                      ? `${Math.ceil((sidecar.leaseUntilMs - nowMs) / 1_000)} s left`
                      : "ended"}
                  </Cell>
                </tr>
              ))}
            </tbody>
          </Table>
        )
      }
    </Answer>
  );
}
