"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../client/trpc.ts";
import type { ModeChange } from "../../../server/modes/effect.ts";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { useWindow, windowWords } from "../../time/index.ts";
import { useModeChange } from "../hooks/use-mode-change.ts";
import { changeWords } from "../view-model/change-words.ts";
import { releaseWords } from "../view-model/release-words.ts";
import { ModeEffects } from "./mode-effects.tsx";

/** ms. Sidecars tell within seconds what a policy decides, so what was just saved has numbers while this is open. */
const askEveryMs = 2_000;

/** Says what a switch will change and asks; turns it when the answer is yes. */
export function ModeChangeDialog({ change, onClose }: { change: ModeChange; onClose(): void }) {
  const { length } = useWindow();
  const trpc = useTRPC();
  const effects = useQuery(
    trpc.modes.explain.queryOptions({ change, window: length }, { refetchInterval: askEveryMs }),
  );
  const mutation = useModeChange(onClose);
  const words = changeWords(change);
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={words.title}
      description={`${words.meaning} The numbers below are real requests of the ${windowWords(length)}.`}
      action={words.action}
      look={words.look}
      busy={mutation.isPending}
      blocked={!effects.isSuccess}
      onConfirm={(reason) => mutation.mutate({ change, ...(reason === undefined ? {} : { reason }) })}
    >
      {effects.isPending && <SkeletonRows rows={3} what="what will change" />}
      {effects.isError && (
        <ErrorState error={effects.error} what="what will change" retry={() => void effects.refetch()} />
      )}
      {effects.isSuccess && (
        <>
          {change.scope === "hold" && !change.hold && (
            <p className="mb-4 font-medium">{releaseWords(effects.data)}</p>
          )}
          <ModeEffects effects={effects.data} />
        </>
      )}
    </ConfirmDialog>
  );
}
