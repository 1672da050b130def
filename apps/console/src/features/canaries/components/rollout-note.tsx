"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, LoaderCircle, TriangleAlert } from "lucide-react";
import { useTRPC } from "../../../client/trpc.ts";
import type { Canary, CanaryService } from "../../../server/canaries/canary-schemas.ts";

const pollMs = 400;

/** After a save: how many sidecars run it, until all do. */
export function RolloutNote({ service, canary }: { service: CanaryService; canary: Canary }) {
  const trpc = useTRPC();
  const progress = useQuery(
    trpc.canaries.rollout.queryOptions(
      { namespace: service.namespace, name: canary.name },
      { refetchInterval: ({ state: { data } }) => (data && data.running < data.total ? pollMs : false) },
    ),
  );
  const { data } = progress;
  if (!data) return null;
  if (data.total === 0)
    return <p role="status">Saved. No sidecar is connected; each takes it over when it connects.</p>;
  const done = data.running === data.total;
  const Icon = done ? Check : LoaderCircle;
  return (
    <div className="flex flex-col gap-1">
      <p role="status" className="flex items-center gap-1.5">
        <Icon size={14} aria-hidden className={done ? "text-ok" : "animate-spin text-muted"} />
        {data.running} of {data.total} sidecars run revision {canary.revision}
      </p>
      {data.refused.map(({ workload, reason }) => (
        <p key={workload} role="alert" className="flex items-center gap-1.5 text-failing text-xs">
          <TriangleAlert size={13} aria-hidden />
          {workload} refused it: {reason}
        </p>
      ))}
    </div>
  );
}
