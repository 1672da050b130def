"use client";

import type { Finding } from "@weir/domain";
import type { ReactNode } from "react";
import { Select } from "../../../ui/select.tsx";
import type { PlanDraft } from "../view-model/plan-draft.ts";
import { MatchFields } from "./match-fields.tsx";
import { PlanFindings } from "./plan-findings.tsx";
import { SpanField } from "./span-field.tsx";

interface PlanDetailsProps {
  readonly plan: PlanDraft;
  /** That can be chosen. */
  readonly versions: readonly string[];
  onChange(members: Partial<PlanDraft>): void;
  readonly findings: readonly Finding[];
}

/** Who takes over from whom, who comes along in every step, and how long it may last. */
export function PlanDetails({ plan, versions, onChange, findings }: PlanDetailsProps) {
  const { staleAfterMs = 30_000, maxDurationMs = 24 * 3_600_000, testers = [] } = plan;
  const options = [...new Set([...versions, plan.baseline, plan.canary])].map((value) => ({
    value,
    label: value,
  }));
  return (
    <div className="flex flex-col gap-3">
      <Line label="Versions">
        <Select
          label="Baseline"
          value={plan.baseline}
          options={options}
          onChange={(baseline) => onChange({ baseline })}
        />
        <span className="text-muted">is replaced by</span>
        <Select
          label="Canary"
          value={plan.canary}
          options={options}
          onChange={(canary) => onChange({ canary })}
        />
      </Line>
      <Line label="Stickiness">
        <Select
          label="What keeps a user in one version"
          value={stickyOf(plan)}
          options={[
            { value: "issued", label: "a cookie that Weir gives browsers" },
            { value: "none", label: "none: every request is drawn by itself" },
            ...(stickyOf(plan) === "own" ? [{ value: "own" as const, label: stickyWords(plan) }] : []),
          ]}
          onChange={(next) => next !== "own" && onChange({ sticky: next === "none" ? "none" : undefined })}
          className="max-w-full"
        />
      </Line>
      <Line label="Testers">
        <div className="flex flex-col gap-1.5">
          <span className="mt-1.5 text-muted text-xs">
            {testers.length === 0
              ? "Nobody gets the canary before the rest."
              : "Go to the canary in every step; the sample ratio is not compared."}
          </span>
          <MatchFields
            of="the testers"
            matches={testers}
            onChange={(next) => onChange({ testers: next.length > 0 ? [...next] : undefined })}
          />
        </div>
      </Line>
      <Line label="Evidence is stale after">
        <SpanField
          label="Evidence is stale after"
          valueMs={staleAfterMs}
          onChange={(ms) => onChange({ staleAfterMs: ms })}
        />
        <span className="text-muted text-xs">then everything holds</span>
      </Line>
      <Line label="Pauses after">
        <SpanField
          label="Longest time of the rollout"
          valueMs={maxDurationMs}
          onChange={(ms) => onChange({ maxDurationMs: ms })}
        />
        <span className="text-muted text-xs">without an end, for somebody to look</span>
      </Line>
      <PlanFindings
        findings={findings}
        at={[
          "name",
          "namespace",
          "targetRef",
          "baseline",
          "canary",
          "sticky",
          "testers",
          "staleAfterMs",
          "maxDurationMs",
        ]}
      />
    </div>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 gap-y-1 sm:grid-cols-[10rem_minmax(0,1fr)]">
      <span className="text-muted sm:pt-1.5">{label}</span>
      <span className="flex flex-wrap items-center gap-2">{children}</span>
    </div>
  );
}

function stickyOf({ sticky }: PlanDraft): "issued" | "none" | "own" {
  if (sticky === undefined) return "issued";
  return sticky === "none" ? "none" : isUsual(sticky) ? "issued" : "own";
}

/** What a plan has that says nothing of it (packages/rollout/src/plan/plan.ts). */
function isUsual(sticky: Exclude<PlanDraft["sticky"], "none" | undefined>): boolean {
  return "cookie" in sticky && sticky.cookie === "weir-sticky";
}

function stickyWords({ sticky }: PlanDraft): string {
  if (sticky === undefined || sticky === "none") return "";
  if ("cookie" in sticky && sticky.cookie !== undefined) return `the cookie ${sticky.cookie}`;
  return "header" in sticky && sticky.header !== undefined
    ? `the header ${sticky.header}`
    : "the calling service";
}
