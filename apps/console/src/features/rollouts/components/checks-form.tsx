"use client";

import type { Finding } from "@weir/domain";
import { Plus, X } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Button } from "../../../ui/button.tsx";
import { NumberField } from "../../../ui/number-field.tsx";
import { Select } from "../../../ui/select.tsx";
import { isExternal } from "../view-model/findings-under.ts";
import type { ChecksDraft } from "../view-model/plan-draft.ts";
import { quantileOptions } from "../view-model/quantile-options.ts";
import { GuardFields } from "./guard-fields.tsx";
import { PlanFindings } from "./plan-findings.tsx";

interface ChecksFormProps {
  readonly checks: ChecksDraft;
  onChange(checks: ChecksDraft): void;
  readonly findings: readonly Finding[];
}

/** What decides: the comparisons with their margins, the split of the requests, and limits that hold whatever the baseline does. */
export function ChecksForm({ checks, onChange, findings }: ChecksFormProps) {
  const { successRate, latency, sampleRatio, guards = [], level = 0.01, passLevel = 0.05 } = checks;
  const change = (members: Partial<ChecksDraft>) => onChange(definedOnly({ ...checks, ...members }));
  return (
    <div className="flex flex-col gap-4">
      <CheckLine
        title="Success rate"
        checked={successRate !== undefined}
        onToggle={(on) => change({ successRate: on ? { margin: 0.01 } : undefined })}
        explains="The share of requests that fail, beside the baseline's."
      >
        {successRate && (
          <Margin
            of="success rate"
            margin={successRate.margin ?? 0.01}
            onChange={(margin) => change({ successRate: { margin } })}
          />
        )}
      </CheckLine>
      <CheckLine
        title="Latency"
        checked={latency !== undefined}
        onToggle={(on) => change({ latency: on ? { quantile: 0.99, margin: 0.01 } : undefined })}
        explains="The share of requests slower than a quantile of the baseline's."
      >
        {latency && (
          <>
            <Select
              label="Quantile of the latency"
              value={String(latency.quantile ?? 0.99)}
              onChange={(quantile) => change({ latency: { ...latency, quantile: Number(quantile) } })}
              options={quantileOptions(latency.quantile ?? 0.99)}
              className="w-24"
            />
            <Margin
              of="latency"
              margin={latency.margin ?? 0.01}
              onChange={(margin) => change({ latency: { ...latency, margin } })}
            />
          </>
        )}
      </CheckLine>
      <CheckLine
        title="Sample ratio"
        checked={sampleRatio !== undefined}
        onToggle={(on) => change({ sampleRatio: on ? { tolerance: 0.2 } : undefined })}
        explains="Stops where the canary gets another share than it was assigned."
      >
        {sampleRatio && (
          <>
            <NumberField
              label="Tolerance of the sample ratio in per cent"
              value={(sampleRatio.tolerance ?? 0.2) * 100}
              min={1}
              max={90}
              onChange={(percent) =>
                percent !== undefined && change({ sampleRatio: { tolerance: percent / 100 } })
              }
            />
            <span className="text-muted">% more or less</span>
          </>
        )}
      </CheckLine>
      <section aria-label="Guards" className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <div className="min-w-0 grow basis-60">
            <h3 className="font-medium">Guards</h3>
            <p className="text-muted text-xs">
              Limits that act at once, in a paused rollout and at 100 %, too.
            </p>
          </div>
          <Button
            size="small"
            onClick={() =>
              change({ guards: [...guards, { kind: "errorBudget", objective: 0.99, burnRate: 10 }] })
            }
          >
            <Plus size={12} aria-hidden /> Error budget
          </Button>
          <Button
            size="small"
            onClick={() =>
              change({ guards: [...guards, { kind: "latency", quantile: 0.99, limitMs: 1_000 }] })
            }
          >
            <Plus size={12} aria-hidden /> Latency limit
          </Button>
        </div>
        {guards.map((guard, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a guard has no name, only a place
          <div key={at} className="flex flex-wrap items-center gap-2">
            <GuardFields
              guard={guard}
              name={`guard ${at + 1}`}
              onChange={(next) => change({ guards: guards.map((one, index) => (index === at ? next : one)) })}
            />
            <Button
              look="quiet"
              size="icon"
              aria-label={`Remove guard ${at + 1}`}
              onClick={() => change({ guards: guards.filter((_, index) => index !== at) })}
            >
              <X size={14} aria-hidden />
            </Button>
          </div>
        ))}
      </section>
      <details>
        <summary className="cursor-pointer text-muted text-xs">How sure it has to be</summary>
        <div className="mt-2 flex flex-col gap-2">
          <span className="flex flex-wrap items-center gap-2">
            <NumberField
              label="Level in per cent"
              value={level * 100}
              min={0.01}
              max={20}
              step={0.1}
              onChange={(percent) => percent !== undefined && change({ level: percent / 100 })}
            />
            <span className="text-muted">
              % of canaries as good as the baseline may be taken back, in the whole rollout
            </span>
          </span>
          <span className="flex flex-wrap items-center gap-2">
            <NumberField
              label="Pass level in per cent"
              value={passLevel * 100}
              min={0.01}
              max={20}
              step={0.1}
              onChange={(percent) => percent !== undefined && change({ passLevel: percent / 100 })}
            />
            <span className="text-muted">% of those that are worse by the margin may pass a step</span>
          </span>
        </div>
      </details>
      <PlanFindings findings={findings.filter((finding) => !isExternal(finding))} at={["checks"]} />
    </div>
  );
}

interface CheckLineProps {
  readonly title: string;
  readonly explains: string;
  readonly checked: boolean;
  onToggle(on: boolean): void;
  readonly children: ReactNode;
}

function CheckLine({ title, explains, checked, onToggle, children }: CheckLineProps) {
  const id = useId();
  return (
    <div className="grid items-center gap-x-4 gap-y-1.5 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div>
        <label className="inline-flex items-center gap-2 font-medium">
          <input
            type="checkbox"
            checked={checked}
            aria-describedby={id}
            onChange={({ target }) => onToggle(target.checked)}
            className="size-4 accent-(--accent)"
          />
          {title}
        </label>
        <p id={id} className="pl-6 text-muted text-xs">
          {explains}
        </p>
      </div>
      <span className="inline-flex flex-wrap items-center gap-2 pl-6 sm:pl-0">{children}</span>
    </div>
  );
}

interface MarginProps {
  readonly of: string;
  readonly margin: number;
  onChange(margin: number): void;
}

function Margin({ of, margin, onChange }: MarginProps) {
  return (
    <>
      <NumberField
        label={`Margin of the ${of} in points`}
        value={margin * 100}
        min={0.01}
        max={89}
        step={0.1}
        onChange={(points) => points !== undefined && onChange(points / 100)}
      />
      <span className="text-muted">points more pass</span>
    </>
  );
}

function definedOnly(checks: ChecksDraft): ChecksDraft {
  return Object.fromEntries(Object.entries(checks).filter(([, value]) => value !== undefined)) as ChecksDraft;
}
