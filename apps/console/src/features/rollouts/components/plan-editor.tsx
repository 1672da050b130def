"use client";

import { Play } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useState } from "react";
import { problemOf } from "../../../client/problem.ts";
import { Button } from "../../../ui/button.tsx";
import { plural } from "../../../ui/format/numbers.ts";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { rolloutPath, useLink } from "../../frame/index.ts";
import { usePlanCheck } from "../hooks/use-plan-check.ts";
import { usePlanDraft } from "../hooks/use-plan-draft.ts";
import { wrongSteps } from "../view-model/findings-under.ts";
import { checksOf, type PlanDraft } from "../view-model/plan-draft.ts";
import type { WrittenPlan } from "../view-model/plan-text.ts";
import { stepsOf, strategyOf } from "../view-model/templates.ts";
import { AddStep } from "./add-step.tsx";
import { ChecksForm } from "./checks-form.tsx";
import { ExternalChecksPanel } from "./external-checks-panel.tsx";
import { ForesightNote } from "./foresight-note.tsx";
import { PlanDetails } from "./plan-details.tsx";
import { PlanFile } from "./plan-file.tsx";
import { PlanFindings } from "./plan-findings.tsx";
import { StartDialog } from "./start-dialog.tsx";
import { StepTable } from "./step-table.tsx";
import { StepTimeline } from "./step-timeline.tsx";
import { StrategyChoice } from "./strategy-choice.tsx";

const PlanYaml = dynamic(() => import("./plan-yaml.tsx"), {
  ssr: false,
  loading: () => <SkeletonRows rows={12} what="the editor" />,
});

const PlanReplay = dynamic(() => import("./plan-replay.tsx").then((part) => part.PlanReplay), {
  ssr: false,
  loading: () => <SkeletonRows rows={6} what="the replay" />,
});

interface PlanEditorProps {
  readonly first: PlanDraft;
  readonly versions: readonly string[];
  hueOf(version: string): string;
}

/** A plan as a timeline, as fields and as YAML; what it will see, and the way to start it. */
export function PlanEditor({ first, versions, hueOf }: PlanEditorProps) {
  const router = useRouter();
  const linkTo = useLink();
  const draft = usePlanDraft({ plan: first, revision: 0 });
  const { plan } = draft;
  const check = usePlanCheck(plan);
  const [asking, setAsking] = useState(false);
  const [written, setWritten] = useState<WrittenPlan>();
  const write = (next: WrittenPlan) => {
    setWritten(next);
    draft.write(next.plan);
  };
  const [isYaml, setYaml] = useQueryState("yaml", parseAsBoolean.withDefault(false));
  const errors = check.findings.filter(({ severity }) => severity === "error").length;
  return (
    <>
      <StrategyChoice
        value={strategyOf(plan)}
        onChange={(strategy) => draft.changeSteps(stepsOf(strategy))}
      />
      <Panel
        title="Steps"
        aside={
          <>
            <PlanFile {...{ plan, written }} onRead={write} />
            <Button look="quiet" size="small" aria-pressed={isYaml} onClick={() => void setYaml(!isYaml)}>
              {isYaml ? "Hide the YAML" : "As YAML"}
            </Button>
          </>
        }
        flush
      >
        <div className={isYaml ? "grid xl:grid-cols-[minmax(0,1fr)_26rem]" : ""}>
          <div className="min-w-0">
            <div className="flex flex-col gap-3 px-4 pt-3 pb-4">
              <StepTimeline
                steps={plan.steps}
                canary={plan.canary}
                hue={hueOf(plan.canary)}
                onChange={draft.changeSteps}
                wrong={wrongSteps(check.findings)}
              />
              <ForesightNote check={check} service={plan.targetRef} />
              <PlanFindings findings={check.findings.filter(({ path }) => path === "steps")} at={["steps"]} />
            </div>
            <div className="border-line border-t">
              <AddStep steps={plan.steps} onChange={draft.changeSteps} />
              <StepTable
                steps={plan.steps}
                canary={plan.canary}
                onChange={draft.changeSteps}
                findings={check.findings}
                foreseen={check.foreseen?.steps}
              />
            </div>
          </div>
          {isYaml && (
            <div className="min-w-0 border-line border-t p-3 xl:border-t-0 xl:border-l">
              <PlanYaml {...{ plan, written }} onWrite={write} findings={check.findings} />
            </div>
          )}
        </div>
      </Panel>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel title="What decides">
          <ChecksForm
            checks={checksOf(plan)}
            onChange={(checks) => draft.change({ checks })}
            findings={check.findings}
          />
        </Panel>
        <Panel title="Who, and how long">
          <PlanDetails plan={plan} versions={versions} onChange={draft.change} findings={check.findings} />
        </Panel>
      </div>
      <ExternalChecksPanel
        checks={checksOf(plan)}
        onChange={(checks) => draft.change({ checks })}
        findings={check.findings}
      />
      <PlanReplay plan={check.plan} hue={hueOf(plan.canary)} />
      <footer className="sticky bottom-0 z-30 -mx-3 flex flex-wrap items-center gap-x-3 gap-y-2 border-line border-t bg-page px-3 py-2.5 md:-mx-6 md:px-6">
        <p role="status" className="min-w-0 grow text-muted">
          {check.error
            ? `The plan cannot be checked now (${problemOf(check.error).message}).`
            : errors > 0
              ? `${plural(errors, "finding")} to mend before it can start.`
              : "Nothing changes before you start it, and confirm."}
        </p>
        {draft.touched && (
          <Button
            look="quiet"
            onClick={() => {
              setWritten(undefined);
              draft.reset();
            }}
          >
            Begin again
          </Button>
        )}
        <Button look="enforce" disabled={!check.current || !check.acceptable} onClick={() => setAsking(true)}>
          <Play size={14} aria-hidden /> Start the rollout…
        </Button>
      </footer>
      {asking && check.plan && (
        <StartDialog
          plan={check.plan}
          requestsPerS={check.foreseen?.traffic.requestsPerS}
          onClose={() => setAsking(false)}
          onStarted={(id) => router.push(linkTo(rolloutPath(id)))}
        />
      )}
    </>
  );
}
