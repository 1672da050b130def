"use client";

import type { Finding } from "@weir/domain";
import type { ForeseenStep, Step } from "@weir/rollout";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../../ui/button.tsx";
import { classes } from "../../../ui/classes.ts";
import { NumberField } from "../../../ui/number-field.tsx";
import { canAddAfter, canMove, canRemove, percentBounds, percentOf } from "../view-model/plan-draft.ts";
import { MatchFields } from "./match-fields.tsx";
import { PlanFindings } from "./plan-findings.tsx";
import { SpanField } from "./span-field.tsx";
import { StepForesight } from "./step-foresight.tsx";

interface StepRowProps {
  readonly step: Step;
  readonly at: number;
  readonly steps: readonly Step[];
  readonly canary: string;
  readonly findings: readonly Finding[];
  readonly foreseen: ForeseenStep | undefined;
  readonly standing: "over" | "present" | "ahead";
  onPercent(percent: number): void;
  onStep(change: Partial<Step>): void;
  onAdd(): void;
  onMove(by: 1 | -1): void;
  onRemove(): void;
}

/** One step as fields, what is wrong in it, and what it will see. */
export function StepRow(props: StepRowProps) {
  const { step, at, steps, canary, standing, onStep } = props;
  const isOver = standing === "over";
  const isAhead = standing === "ahead";
  const name = `step ${at + 1}`;
  return (
    <li
      aria-label={`Step ${at + 1}`}
      className={classes(
        "flex flex-col gap-2 border-line border-b px-4 py-3 last:border-b-0",
        isOver && "text-muted",
      )}
    >
      <div className="grid grid-cols-[1.5rem_minmax(0,1fr)_auto] items-start gap-x-3 gap-y-2 lg:grid-cols-[1.5rem_15rem_minmax(0,1fr)_minmax(13rem,18rem)_auto]">
        <span
          className={classes(
            "mt-1 inline-flex size-6 items-center justify-center rounded-full font-mono text-xs",
            standing === "present" ? "bg-accent text-on-accent" : "bg-sunken text-muted",
          )}
        >
          {at + 1}
        </span>
        <div className="min-w-0">
          <Reach {...props} isFixed={!isAhead} />
        </div>
        <div className="col-span-3 row-start-2 flex flex-wrap items-center gap-x-4 gap-y-2 lg:col-span-1 lg:row-auto">
          <Labelled text="for at least">
            <SpanField
              label={`Time of ${name} in words`}
              valueMs={step.forMs}
              disabled={isOver}
              onChange={(forMs) => onStep({ forMs })}
            />
          </Labelled>
          <Labelled text="and requests">
            <NumberField
              label={`Least requests of ${name}`}
              value={step.minRequests}
              min={0}
              max={1e9}
              usual="20"
              disabled={isOver}
              onChange={(minRequests) => onStep({ minRequests })}
            />
          </Labelled>
          <Tick
            label="approval"
            title={`Waits in ${name} until somebody approves`}
            checked={step.approval === true}
            disabled={isOver}
            onChange={(checked) => onStep({ approval: checked || undefined })}
          />
          {canCompare(step) && (
            <Tick
              label="compared"
              title={`The versions are compared in ${name}`}
              checked={step.compare ?? !("match" in step)}
              disabled={!isAhead}
              onChange={(checked) =>
                onStep({ compare: checked === !("match" in step) ? undefined : checked })
              }
            />
          )}
        </div>
        <div className="col-span-3 lg:col-span-1">
          {!isOver && <StepForesight step={step} foreseen={props.foreseen} canary={canary} />}
        </div>
        <div className="col-start-3 row-start-1 flex lg:col-auto lg:row-auto">
          {canMove(steps, at, -1) && isAhead && (
            <RowButton label={`Move ${name} up`} onClick={() => props.onMove(-1)}>
              <ArrowUp size={14} aria-hidden />
            </RowButton>
          )}
          {canMove(steps, at, 1) && isAhead && (
            <RowButton label={`Move ${name} down`} onClick={() => props.onMove(1)}>
              <ArrowDown size={14} aria-hidden />
            </RowButton>
          )}
          <RowButton
            label={`Add a step after ${name}`}
            disabled={isOver || !canAddAfter(steps, at)}
            onClick={props.onAdd}
          >
            <Plus size={15} aria-hidden />
          </RowButton>
          <RowButton
            label={`Remove ${name}`}
            disabled={!isAhead || !canRemove(steps, at)}
            onClick={props.onRemove}
          >
            <Trash2 size={14} aria-hidden />
          </RowButton>
        </div>
      </div>
      <PlanFindings findings={props.findings} at={[`steps[${at}]`]} />
    </li>
  );
}

function Reach({ step, at, steps, onPercent, onStep, isFixed }: StepRowProps & { isFixed: boolean }) {
  if ("match" in step)
    return (
      <div className="flex flex-col gap-1.5">
        <span className="mt-1.5 font-medium">Requests that match</span>
        <MatchFields
          of={`step ${at + 1}`}
          matches={step.match}
          disabled={isFixed}
          onChange={(match) => onStep({ match: [...match] })}
        />
      </div>
    );
  const { least, most } = percentBounds(steps, at);
  const isMirror = "mirror" in step;
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      {isMirror && <span>mirror</span>}
      <NumberField
        label={`${isMirror ? "Mirrored" : "Weight"} of step ${at + 1} in per cent`}
        value={percentOf(step)}
        min={least}
        max={most}
        width="w-16"
        disabled={isFixed || least === most}
        onChange={(percent) => percent !== undefined && onPercent(percent)}
      />
      <span className="text-muted">{isMirror ? "% as copies" : "% of the requests"}</span>
    </span>
  );
}

/** With nothing or everything there is no other version beside it. */
function canCompare(step: Step): boolean {
  return !("weight" in step && (step.weight === 0 || step.weight === 100));
}

function Labelled({ text, children }: { text: string; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span className="text-muted text-xs">{text}</span>
      {children}
    </span>
  );
}

interface TickProps {
  readonly label: string;
  readonly title: string;
  readonly checked: boolean;
  readonly disabled: boolean;
  onChange(checked: boolean): void;
}

function Tick({ label, title, checked, disabled, onChange }: TickProps) {
  return (
    <label title={title} className="inline-flex h-8 items-center gap-1.5 whitespace-nowrap text-xs">
      <input
        type="checkbox"
        aria-label={title}
        checked={checked}
        disabled={disabled}
        onChange={({ target }) => onChange(target.checked)}
        className="size-4 accent-(--accent)"
      />
      {label}
    </label>
  );
}

interface RowButtonProps {
  readonly label: string;
  readonly disabled?: boolean;
  onClick(): void;
  readonly children: ReactNode;
}

function RowButton({ label, disabled, onClick, children }: RowButtonProps) {
  return (
    <Button look="quiet" size="icon" aria-label={label} title={label} {...{ disabled, onClick }}>
      {children}
    </Button>
  );
}
