"use client";

import type { Finding } from "@weir/domain";
import { useMemo, useState } from "react";
import { FindingRow } from "../../../ui/finding-row.tsx";
import YamlEditor from "../../policies/components/yaml-editor.tsx";
import type { PlanDraft } from "../view-model/plan-draft.ts";
import { placeInText, readPlanText, writePlanText } from "../view-model/plan-text.ts";
import { readPlan } from "../view-model/read-plan.ts";

interface PlanYamlProps {
  readonly plan: PlanDraft;
  onChange(plan: PlanDraft): void;
  readonly findings: readonly Finding[];
}

/**
 * The plan as the file that the command line takes. What is typed becomes the plan as soon as it has the shape of one; until
 * then the text stays as it is, and the plan as it was.
 */
export default function PlanYaml({ plan, onChange, findings }: PlanYamlProps) {
  const [written, setWritten] = useState({ text: writePlanText(plan), plan });
  // During render, not in an effect: the text follows what the timeline and the fields made of the plan.
  if (written.plan !== plan) setWritten({ text: writePlanText(plan), plan });
  const { text } = written;
  const read = useMemo(() => readPlanText(text), [text]);
  const hasShape = useMemo(() => readPlan(read.value) !== undefined, [read]);
  const marks = useMemo(
    () => (read.problem ? [read.problem] : hasShape ? placeInText(text, findings) : []),
    [read, hasShape, text, findings],
  );
  const write = (next: string) => {
    if (next === text) return;
    const draft = readPlan(readPlanText(next).value);
    setWritten({ text: next, plan: draft ?? plan });
    if (draft) onChange(draft);
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
