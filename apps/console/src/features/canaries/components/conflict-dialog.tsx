"use client";

import type { CanaryService } from "../../../server/canaries/canary-schemas.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { formatMoment } from "../../../ui/format/times.ts";
import type { CanaryDraft } from "../hooks/use-canary-draft.ts";
import type { useSaveCanary } from "../hooks/use-save-canary.ts";
import { versionHues } from "../view-model/version-hue.ts";
import type { Weights } from "../view-model/weights.ts";
import { SplitBar, SplitBars } from "./split-bar.tsx";

interface ConflictProps {
  readonly service: CanaryService;
  readonly draft: CanaryDraft;
  readonly saving: ReturnType<typeof useSaveCanary>;
  onSaveMine(): void;
}

/** Somebody saved before us: both versions side by side, and the choice between them. Nothing was overwritten. */
export function ConflictDialog({ service, draft, saving, onSaveMine }: ConflictProps) {
  const { canary } = service;
  const open = saving.conflict && draft.outdated;
  const hueOf = versionHues(draft.weights.map((backend) => backend.version));
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && saving.forget()}
      title="Somebody changed this canary meanwhile"
      description={
        canary
          ? `${canary.changedBy} saved revision ${canary.revision} at ${formatMoment(canary.changedAtMs, Date.now())}; your draft was begun from revision ${draft.begunFrom.revision}. Nothing was overwritten.`
          : "The canary was removed while you were changing it. Nothing was overwritten."
      }
      actions={
        <>
          <Button
            onClick={() => {
              draft.reset();
              saving.forget();
            }}
          >
            Take theirs
          </Button>
          <Button look="primary" onClick={onSaveMine}>
            Save mine instead
          </Button>
        </>
      }
    >
      <SplitBars>
        <SplitBar label="Begun from" parts={shares(draft.begunFrom.weights)} hueOf={hueOf} />
        <SplitBar label="Theirs, live" parts={shares(draft.live)} hueOf={hueOf} />
        <SplitBar label="Mine" parts={shares(draft.weights)} hueOf={hueOf} hollow />
      </SplitBars>
    </Dialog>
  );
}

function shares(weights: Weights) {
  return weights.map(({ version, weight }) => ({ version, share: weight / 100 }));
}
