"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { useTRPC } from "../../../client/trpc.ts";
import type { AppRouter } from "../../../server/router.ts";
import { Answer } from "../../../ui/answer.tsx";
import { formatCount, formatSeconds } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { Stat } from "../../../ui/stat.tsx";

type Overhead = inferRouterOutputs<AppRouter>["services"]["overhead"];
/** A service in a window, as the procedures of its page take it. */
export type OfService = inferRouterInputs<AppRouter>["services"]["overhead"];

/** What the service's own sidecars took of each request, as they measured it themselves. */
export function ServiceOverhead({ of }: { of: OfService }) {
  const overhead = useQuery(
    useTRPC().services.overhead.queryOptions(of, { placeholderData: keepPreviousData }),
  );
  return (
    <Answer query={overhead} what="what its sidecars add" rows={3}>
      {(data) => (
        <div className="flex flex-col gap-4">
          <Added title="To requests that arrived" added={data.arriving} />
          <Added title="To calls it made" added={data.calling} />
          <p className="text-faint text-xs">
            Time in the sidecar itself, without what the other end took of it; read from{" "}
            {formatMoment(data.fromMs, overhead.dataUpdatedAt)} on.
          </p>
        </div>
      )}
    </Answer>
  );
}

function Added({ title, added }: { title: string; added: Overhead["arriving"] }) {
  return (
    <div>
      <h3 className="mb-1 text-muted text-xs">{title}</h3>
      {added.requests === 0 ? (
        <p className="text-muted">Not known: no sidecar of it told of any in this window.</p>
      ) : (
        <dl className="grid grid-cols-3 gap-2">
          <Stat label="p50" value={formatSeconds(added.p50)} />
          <Stat label="p95" value={formatSeconds(added.p95)} />
          <Stat label="Requests" value={formatCount(added.requests)} />
        </dl>
      )}
    </div>
  );
}
