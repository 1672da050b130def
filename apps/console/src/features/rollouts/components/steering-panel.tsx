"use client";

import { Save } from "lucide-react";
import { useState } from "react";
import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";
import { Button } from "../../../ui/button.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { usePlanCheck } from "../hooks/use-plan-check.ts";
import { usePlanDraft } from "../hooks/use-plan-draft.ts";
import { checksWords } from "../view-model/check-words.ts";
import { wrongSteps } from "../view-model/findings-under.ts";
import { isTimeOver } from "../view-model/step-clock.ts";
import { ForesightNote } from "./foresight-note.tsx";
import { PlanFindings } from "./plan-findings.tsx";
import { ReplanDialog } from "./replan-dialog.tsx";
import { StepTable } from "./step-table.tsx";
import { StepTimeline } from "./step-timeline.tsx";

interface SteeringPanelProps {
  readonly rollout: ShownRollout;
  hueOf(version: string): string;
}

/** The steps with where the rollout stands. What lies ahead can be dragged still; nothing changes before it is saved. */
export function SteeringPanel({ rollout, hueOf }: SteeringPanelProps) {
  const { state, isOver, look, signals } = rollout;
  const draft = usePlanDraft({ plan: rollout.plan, revision: rollout.planRevision });
  const [isTable, setTable] = useState(false);
  const { plan } = isOver ? rollout : draft;
  const all = signals ? signals.canary.requests + signals.baseline.requests : 0;
  return (
    <Panel
      title="Steps"
      aside={
        !isOver && (
          <>
            <span className="text-muted text-xs">plan revision {rollout.planRevision}</span>
            <Button look="quiet" size="small" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
              {isTable ? "Hide the fields" : "Change as fields"}
            </Button>
          </>
        )
      }
      flush
    >
      <div className="px-4 pt-3 pb-4">
        <StepTimeline
          steps={plan.steps}
          canary={plan.canary}
          hue={hueOf(plan.canary)}
          onChange={isOver ? undefined : draft.changeSteps}
          standing={state}
          isTimeOver={isTimeOver(rollout)}
          observed={!isOver && all > 0 && look ? (signals?.canary.requests ?? 0) / all : undefined}
        />
      </div>
      {!isOver && (draft.touched || isTable) && (
        <Ahead rollout={rollout} draft={draft} isTable={isTable || draft.touched} />
      )}
    </Panel>
  );
}

interface AheadProps {
  readonly rollout: ShownRollout;
  readonly draft: ReturnType<typeof usePlanDraft>;
  readonly isTable: boolean;
}

/** What is changed of the plan, what it would see, what is wrong with it, and the way to save it. */
function Ahead({ rollout, draft, isTable }: AheadProps) {
  const { plan } = draft;
  const check = usePlanCheck(plan, rollout.id);
  const [asking, setAsking] = useState(false);
  const about = ["steps", "maxDurationMs", "checks"];
  return (
    <div className="border-line border-t">
      {isTable && (
        <StepTable
          steps={plan.steps}
          canary={plan.canary}
          onChange={draft.changeSteps}
          findings={check.findings}
          foreseen={check.foreseen?.steps}
          present={rollout.state.step}
        />
      )}
      {isTable && (
        <p className="border-line border-t px-4 py-2.5 text-muted text-xs">
          What decides is fixed with the start: {checksWords(rollout.plan.checks).join("; ")}.
        </p>
      )}
      {draft.touched && (
        <div className="flex flex-col gap-3 border-line border-t bg-accent-soft/40 px-4 py-3">
          {draft.outdated && (
            <div role="alert" className="flex flex-wrap items-center gap-2 text-degraded">
              <span className="grow">
                Somebody saved plan revision {rollout.planRevision} meanwhile; this draft was begun from
                revision {draft.begunFrom.revision}. Nothing was overwritten.
              </span>
              <Button size="small" onClick={draft.reset}>
                Take theirs
              </Button>
              <Button size="small" onClick={draft.rebase}>
                Keep mine on top
              </Button>
            </div>
          )}
          <ForesightNote check={check} service={plan.targetRef} />
          {wrongSteps(check.findings).length === 0 && <PlanFindings findings={check.findings} at={about} />}
          <div className="flex flex-wrap gap-2">
            <Button
              look="primary"
              disabled={!check.current || !check.acceptable || draft.outdated}
              onClick={() => setAsking(true)}
            >
              <Save size={14} aria-hidden /> Save the plan…
            </Button>
            <Button onClick={draft.reset}>Discard</Button>
          </div>
        </div>
      )}
      {asking && <ReplanDialog rollout={rollout} draft={draft} onClose={() => setAsking(false)} />}
    </div>
  );
}
