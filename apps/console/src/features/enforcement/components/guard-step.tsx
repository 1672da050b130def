"use client";

import type { ModeSwitch } from "@weir/domain";
import type { Consent } from "@weir/rollout";
import { ShieldCheck } from "lucide-react";
import { useId, useState } from "react";
import { problemOf } from "../../../client/problem.ts";
import { Button } from "../../../ui/button.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { useWindow } from "../../time/index.ts";
import { useEnforce } from "../hooks/use-enforce.ts";
import { useEnforceSearch } from "../hooks/use-enforce-search.ts";
import { type EnforcePreview, openQuestions } from "../view-model/enforce-preview.ts";
import { type BudgetInput, isBudget, usualBudget } from "../view-model/guard-budget-input.ts";
import { namedSwitch } from "../view-model/switch-words.ts";
import { BudgetFields } from "./budget-fields.tsx";

interface GuardStepProps {
  readonly at: ModeSwitch;
  readonly preview: EnforcePreview;
  readonly consent: Consent;
}

/** How far reality may be from what was predicted; then the button that changes something. */
export function GuardStep({ at, preview, consent }: GuardStepProps) {
  const { length } = useWindow();
  const { goTo } = useEnforceSearch();
  const enforce = useEnforce();
  const [isGuarded, setGuarded] = useState(true);
  const [budget, setBudget] = useState<BudgetInput>(usualBudget);
  const [reason, setReason] = useState("");
  const reasonId = useId();
  const open = openQuestions(preview.gate, consent);
  const hasPolicies = preview.prediction.policies.length > 0;
  const isSet = !isGuarded || !hasPolicies || isBudget(budget);
  const asked = () =>
    enforce.mutate({
      ...{ at, window: length },
      consent: {
        ...{ denied: [...consent.denied], unproven: [...consent.unproven] },
        unheard: [...(consent.unheard ?? [])],
      },
      budget: isGuarded && hasPolicies ? budget : null,
      ...(reason.trim() !== "" && { reason: reason.trim() }),
    });
  return (
    <>
      <Panel title="The guard">
        {hasPolicies ? (
          <>
            <label className="flex items-center gap-2 font-medium">
              <input
                type="checkbox"
                className="accent-enforce"
                checked={isGuarded}
                onChange={({ target }) => setGuarded(target.checked)}
              />
              Watch what happens, and go back by itself when it is not as predicted
            </label>
            {isGuarded ? (
              <BudgetFields budget={budget} onChange={setBudget} />
            ) : (
              <p role="status" className="mt-3 rounded-md bg-degraded-soft px-3 py-2 text-degraded text-xs">
                Without a guard it stays enforced whatever happens, until somebody sees it.
              </p>
            )}
          </>
        ) : (
          <p className="text-muted">No policy begins to act, so there is nothing to watch.</p>
        )}
        <label htmlFor={reasonId} className="mt-5 block font-medium text-muted text-xs">
          Reason (optional, kept in the audit)
        </label>
        <input
          id={reasonId}
          value={reason}
          maxLength={500}
          onChange={({ target }) => setReason(target.value)}
          className="mt-1 h-8 w-full rounded-md border border-line-strong bg-surface px-2"
        />
      </Panel>
      {enforce.isError && (
        <p role="alert" className="rounded-md bg-failing-soft px-3 py-2 text-failing">
          Not enforced: {problemOf(enforce.error).message}.
        </p>
      )}
      <div className="flex flex-wrap items-center justify-end gap-3">
        {open > 0 && (
          <button type="button" className="text-accent hover:underline" onClick={() => goTo("consent")}>
            {open === 1 ? "One thing has" : `${open} things have`} to be agreed to first
          </button>
        )}
        <Button look="enforce" disabled={open > 0 || !isSet || enforce.isPending} onClick={asked}>
          <ShieldCheck size={15} aria-hidden />
          {enforce.isPending ? "Working…" : `Enforce ${namedSwitch(at)}`}
        </Button>
      </div>
    </>
  );
}
