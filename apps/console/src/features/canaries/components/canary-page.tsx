"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { useLastingError } from "../../../client/use-lasting-error.ts";
import type { CanaryService } from "../../../server/canaries/canary-schemas.ts";
import { Answer } from "../../../ui/answer.tsx";
import { NoSuchService } from "../../frame/index.ts";
import { useRunningRollout } from "../../services/hooks/use-running-rollout.ts";
import { useWindow } from "../../time/index.ts";
import { useCanaryDraft } from "../hooks/use-canary-draft.ts";
import { useSaveCanary } from "../hooks/use-save-canary.ts";
import { CanaryHeader } from "./canary-header.tsx";
import { CanaryTraffic } from "./canary-traffic.tsx";
import { RevisionHistory } from "./revision-history.tsx";
import { SteeringRollout } from "./steering-rollout.tsx";
import { WeightEditor } from "./weight-editor.tsx";

/** One service's canary: what it does now, its weights, what came of them, and how it came about. */
export function CanaryPage({ namespace, service }: { namespace: string; service: string }) {
  const canary = useQuery(useTRPC().canaries.get.queryOptions({ namespace, service }));
  const error = useLastingError(canary);
  if (problemOf(error).code === "NOT_FOUND")
    return <NoSuchService namespace={namespace} name={service} under="/canaries" />;
  return (
    <Answer query={canary} what="the canary" rows={10}>
      {(data) => <Loaded key={`${namespace}/${service}`} service={data} />}
    </Answer>
  );
}

function Loaded({ service }: { service: CanaryService }) {
  const trpc = useTRPC();
  const { length } = useWindow();
  const draft = useCanaryDraft(service);
  const saving = useSaveCanary(service);
  const traffic = useQuery(
    trpc.canaries.traffic.queryOptions(
      { namespace: service.namespace, service: service.service, policy: service.canary?.name, length },
      { placeholderData: keepPreviousData },
    ),
  );
  const steering = useRunningRollout({ namespace: service.namespace, name: service.service });
  const isSteered = steering !== undefined;
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 p-4">
      <CanaryHeader service={service} traffic={traffic.data} draft={draft} isSteered={isSteered} />
      {steering ? (
        <SteeringRollout rollout={steering} />
      ) : (
        <WeightEditor service={service} draft={draft} saving={saving} />
      )}
      <Answer query={traffic} what="traffic by version">
        {(data) => <CanaryTraffic service={service} traffic={data} />}
      </Answer>
      {service.canary && (
        <RevisionHistory
          service={service}
          canary={service.canary}
          busy={saving.saving}
          isSteered={isSteered}
          onRestore={(weights, revision) =>
            saving.save({ weights, expectedRevision: draft.revision, reason: `back to revision ${revision}` })
          }
        />
      )}
    </div>
  );
}
