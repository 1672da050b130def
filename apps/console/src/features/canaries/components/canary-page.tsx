"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../client/trpc.ts";
import type { CanaryService } from "../../../server/canaries/canary-schemas.ts";
import { ErrorState } from "../../../ui/error-state.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { useWindow } from "../../time/index.ts";
import { useCanaryDraft } from "../hooks/use-canary-draft.ts";
import { useSaveCanary } from "../hooks/use-save-canary.ts";
import { CanaryHeader } from "./canary-header.tsx";
import { CanaryTraffic } from "./canary-traffic.tsx";
import { RevisionHistory } from "./revision-history.tsx";
import { WeightEditor } from "./weight-editor.tsx";

/** One service's canary: what it does now, its weights, what came of them, and how it came about. */
export function CanaryPage({ namespace, service }: { namespace: string; service: string }) {
  const trpc = useTRPC();
  const canary = useQuery(trpc.canaries.get.queryOptions({ namespace, service }));
  if (canary.isPending) return <SkeletonRows rows={10} what="the canary" />;
  if (!canary.data)
    return <ErrorState error={canary.error} what="the canary" retry={() => void canary.refetch()} />;
  return <Loaded service={canary.data} outdated={canary.isError ? canary.error : undefined} />;
}

function Loaded({ service, outdated }: { service: CanaryService; outdated: unknown }) {
  const trpc = useTRPC();
  const { length } = useWindow();
  const draft = useCanaryDraft(service);
  const saving = useSaveCanary(service);
  const traffic = useQuery(
    trpc.canaries.traffic.queryOptions({
      namespace: service.namespace,
      service: service.service,
      policy: service.canary?.name,
      length,
    }),
  );
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 p-4">
      {outdated !== undefined && <ErrorState error={outdated} what="what is live now" />}
      <CanaryHeader service={service} traffic={traffic.data} draft={draft} />
      <WeightEditor service={service} draft={draft} saving={saving} />
      {traffic.isPending && <SkeletonRows rows={6} what="traffic by version" />}
      {traffic.isError && (
        <ErrorState error={traffic.error} what="traffic by version" retry={() => void traffic.refetch()} />
      )}
      {traffic.data && <CanaryTraffic service={service} traffic={traffic.data} />}
      {service.canary && (
        <RevisionHistory
          service={service}
          name={service.canary.name}
          busy={saving.saving}
          onRestore={(weights, revision) =>
            saving.save({ weights, expectedRevision: draft.revision, reason: `back to revision ${revision}` })
          }
        />
      )}
    </div>
  );
}
