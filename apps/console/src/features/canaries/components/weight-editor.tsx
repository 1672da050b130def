"use client";

import { validatePolicy } from "@weir/domain/browser";
import { useId, useState } from "react";
import type { CanaryService } from "../../../server/canaries/canary-schemas.ts";
import { Button } from "../../../ui/button.tsx";
import { Panel } from "../../../ui/panel.tsx";
import type { CanaryDraft } from "../hooks/use-canary-draft.ts";
import type { useSaveCanary } from "../hooks/use-save-canary.ts";
import { saveLabel } from "../view-model/save-label.ts";
import { versionHues } from "../view-model/version-hue.ts";
import { backendsToSave, weightsText } from "../view-model/weights.ts";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { Findings } from "./findings.tsx";
import { RolloutNote } from "./rollout-note.tsx";
import { WeightSlider } from "./weight-slider.tsx";

interface EditorProps {
  readonly service: CanaryService;
  readonly draft: CanaryDraft;
  readonly saving: ReturnType<typeof useSaveCanary>;
}

/** The weights as a draft beside what is live. Nothing changes before its button is pressed, which says what it does. */
export function WeightEditor({ service, draft, saving }: EditorProps) {
  const { canary, stableVersion } = service;
  const mode = (canary?.inForce ?? service.inForce).mode;
  const [reason, setReason] = useState("");
  const reasonId = useId();
  const submit = (expectedRevision: number) => {
    saving.save({ weights: draft.weights, expectedRevision, reason: reason.trim() || undefined });
    setReason("");
  };
  const state = <DraftState draft={draft} hasCanary={canary !== undefined} />;
  if (draft.weights.length < 2)
    return (
      <Panel title="Weights" aside={state}>
        <p className="text-muted">Only one version is known, so there is nothing to split yet.</p>
      </Panel>
    );
  return (
    <Panel title="Weights" aside={state}>
      <form
        aria-label={`Weights of ${service.service}`}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (draft.touched && !saving.saving) submit(draft.begunFrom.revision);
        }}
      >
        <Sliders service={service} draft={draft} frozen={saving.saving} />
        <Findings findings={saving.findings.length > 0 ? saving.findings : warningsOf(service, draft)} />
        {saving.failure && (
          <p role="alert" className="text-failing">
            Not saved: {saving.failure}
          </p>
        )}
        <div>
          <label htmlFor={reasonId} className="block text-faint text-xs">
            Reason (optional, kept in the history)
          </label>
          <input
            id={reasonId}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
            className="mt-1 h-8 w-full max-w-xl rounded-md border border-line-strong bg-surface px-2"
          />
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {/* aria-disabled rather than disabled: the focus of who saves by keyboard stays where it is. */}
          <Button
            type="submit"
            look={mode === "enforce" ? "enforce" : "primary"}
            aria-disabled={!draft.touched || saving.saving}
            className="h-auto! min-h-8 shrink! whitespace-normal! py-1.5 text-left aria-disabled:cursor-default! aria-disabled:opacity-50"
          >
            {saving.saving
              ? "Saving…"
              : draft.touched
                ? saveLabel(draft.weights, stableVersion, mode)
                : "No changes to save"}
          </Button>
          <Button disabled={!draft.touched || saving.saving} onClick={draft.reset}>
            Reset
          </Button>
        </div>
        {canary && saving.savedRevision === canary.revision && (
          <RolloutNote service={service} canary={canary} />
        )}
      </form>
      <ConflictDialog
        service={service}
        draft={draft}
        saving={saving}
        onSaveMine={() => submit(draft.revision)}
      />
    </Panel>
  );
}

/** Two versions mirror each other, so one slider says it all; more have one each. */
function Sliders({
  service,
  draft,
  frozen,
}: {
  service: CanaryService;
  draft: CanaryDraft;
  frozen: boolean;
}) {
  const hueOf = versionHues(draft.weights.map((backend) => backend.version));
  const stable = service.stableVersion ?? draft.weights[0]?.version;
  const others = draft.weights.filter((backend) => backend.version !== stable);
  const shown = draft.weights.length === 2 && others.length === 1 ? others : draft.weights;
  return (
    <fieldset className="flex flex-col gap-5 pb-2">
      <legend className="sr-only">Share of requests for each version</legend>
      {shown.map(({ version, weight }) => (
        <WeightSlider
          key={version}
          version={version}
          weight={weight}
          liveWeight={draft.live.find((backend) => backend.version === version)?.weight ?? 0}
          hue={hueOf(version)}
          onChange={(next) => frozen || draft.move(version, next)}
        />
      ))}
      <p role="status" className="text-muted">
        {draft.weights.map(({ version, weight }) => `${version} ${weight} %`).join(" · ")}
      </p>
    </fieldset>
  );
}

function DraftState({ draft, hasCanary }: { draft: CanaryDraft; hasCanary: boolean }) {
  const live = hasCanary ? `Live: ${weightsText(draft.live)} (revision ${draft.revision})` : "No canary yet";
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-xs">
      <span className="text-muted">{live}</span>
      {draft.touched && <span className="font-medium text-accent">Draft: {weightsText(draft.weights)}</span>}
      {draft.outdated && (
        <span className="font-medium text-degraded">changed by somebody else meanwhile</span>
      )}
    </span>
  );
}

/** What the mesh's own rules say about the draft before it is sent. */
function warningsOf(service: CanaryService, draft: CanaryDraft) {
  if (!draft.touched) return [];
  const { namespace, service: name, versions, readyVersions } = service;
  const backends = backendsToSave(draft.weights, service.canary?.backends);
  return validatePolicy({ kind: "canary", namespace, name, targetRef: name, backends }, [
    { namespace, name, versions, readyVersions },
  ]);
}
