"use client";

import type { Finding } from "@weir/domain";
import { useMemo } from "react";
import { FindingRow } from "../../../ui/finding-row.tsx";
import YamlEditor from "../../policies/components/yaml-editor.tsx";
import type { PlanDraft } from "../view-model/plan-draft.ts";
import { placeInText, planText, readPlanText, type WrittenPlan } from "../view-model/plan-text.ts";
import { readPlan } from "../view-model/read-plan.ts";

interface PlanYamlProps {
  readonly plan: PlanDraft;
  /** What was typed or imported last; kept by whoever shows this, so that comments outlive it. */
  readonly written: WrittenPlan | undefined;
  onWrite(written: WrittenPlan): void;
  readonly findings: readonly Finding[];
}

/**
 * The plan as the file that the command line takes. What is typed becomes the plan as soon as it has the shape of one; until
 * then the text stays as it is, and the plan as it was.
 */
export default function PlanYaml({ plan, written, onWrite, findings }: PlanYamlProps) {
  const text = useMemo(() => planText(plan, written), [plan, written]);
  const read = useMemo(() => readPlanText(text), [text]);
  const hasShape = useMemo(() => readPlan(read.value) !== undefined, [read]);
  const marks = useMemo(
    () => (read.problem ? [read.problem] : hasShape ? placeInText(text, findings) : []),
    [read, hasShape, text, findings],
  );
  const write = (next: string) => {
    if (next !== text) onWrite({ text: next, plan: readPlan(readPlanText(next).value) ?? plan });
  };
  return (
    <div className="flex flex-col gap-2">
      <YamlEditor
        label="Plan as YAML"
        text={text}
        onChange={write}
        marks={marks}
        schema={undefined}
        comparedWith={undefined}
        onSave={() => undefined}
      />
      {read.problem ? (
        <ul>
          <FindingRow finding={read.problem} place={`line ${read.problem.line}`} />
        </ul>
      ) : (
        !hasShape && (
          <p role="status" className="rounded-md bg-degraded-soft px-2 py-1.5 text-degraded text-xs">
            The text is not a plan yet: names, versions and a list of steps, each with its time and one of
            weight, mirror and match. What stands beside it is the plan as it was.
          </p>
        )
      )}
    </div>
  );
}
