"use client";

import { Download, Upload } from "lucide-react";
import type { ChangeEvent } from "react";
import { saveFile } from "../../../client/save-file.ts";
import { Button } from "../../../ui/button.tsx";
import { raiseNotice } from "../../../ui/notice.ts";
import type { PlanDraft } from "../view-model/plan-draft.ts";
import type { WrittenPlan } from "../view-model/plan-text.ts";
import { readPlan } from "../view-model/read-plan.ts";

interface PlanFileProps {
  readonly plan: PlanDraft;
  readonly written: WrittenPlan | undefined;
  onRead(written: WrittenPlan): void;
}

/** The plan as a file of `weir rollout start -f`, out and in. The reader of YAML is loaded with the first file. */
export function PlanFile({ plan, written, onRead }: PlanFileProps) {
  const write = async () => {
    const { planText } = await import("../view-model/plan-text.ts");
    saveFile(new Blob([planText(plan, written)], { type: "application/yaml" }), `${plan.name}.rollout.yaml`);
  };
  const read = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? [];
    if (!file) return;
    const { name } = file;
    const [{ readPlanText }, text] = await Promise.all([
      import("../view-model/plan-text.ts"),
      file.text().catch(() => ""),
    ]);
    target.value = ""; // so that the same file can be chosen again once it is mended
    const { value, problem } = readPlanText(text);
    const found = readPlan(value);
    if (found) onRead({ text, plan: found });
    else raiseNotice("error", `${name} holds no plan${problem ? `: it ${problem.message}` : ""}.`);
  };
  return (
    <>
      <label className="inline-flex h-7 cursor-pointer items-center gap-1 rounded-md border border-transparent px-2 font-medium text-muted text-xs focus-within:outline-2 focus-within:outline-accent hover:bg-hover hover:text-text">
        <Upload size={13} aria-hidden /> Import
        <input type="file" accept=".yaml,.yml" className="sr-only" onChange={(event) => void read(event)} />
      </label>
      <Button look="quiet" size="small" onClick={() => void write()}>
        <Download size={13} aria-hidden /> Export
      </Button>
    </>
  );
}
