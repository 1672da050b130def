"use client";

import type { Consent } from "@weir/rollout";
import { Check } from "lucide-react";
import { classes } from "../../../ui/classes.ts";
import { type EnforceStep, enforceSteps, useEnforceSearch } from "../hooks/use-enforce-search.ts";
import { type EnforcePreview, openQuestions } from "../view-model/enforce-preview.ts";

const names: Record<EnforceStep, string> = { effect: "What would happen", consent: "Agree", guard: "Guard" };

/** Where one is, and what is still open. Every step can be gone to at any time. */
export function EnforceStepper({ preview, consent }: { preview: EnforcePreview; consent: Consent }) {
  const { step, goTo } = useEnforceSearch();
  const open = openQuestions(preview.gate, consent);
  return (
    <ol aria-label="Steps" className="flex rounded-md border border-line bg-surface">
      {enforceSteps.map((name, at) => {
        const isDone = name === "consent" ? open === 0 : at < enforceSteps.indexOf(step);
        return (
          <li key={name} className="min-w-0 grow border-line border-r last:border-r-0 sm:flex-1">
            <button
              type="button"
              aria-current={name === step ? "step" : undefined}
              onClick={() => goTo(name)}
              className={classes(
                "flex h-11 w-full items-center gap-1.5 px-2 text-left text-xs hover:bg-hover sm:gap-2 sm:px-3 sm:text-sm",
                name === step ? "font-semibold text-text" : "text-muted",
              )}
            >
              <span
                aria-hidden
                className={classes(
                  "grid size-5 shrink-0 place-items-center rounded-full font-mono text-xs",
                  name === step ? "bg-accent text-on-accent" : "bg-sunken",
                )}
              >
                {isDone && name !== step ? <Check size={12} /> : at + 1}
              </span>
              <span className="truncate">{names[name]}</span>
              {name === "consent" && open > 0 && (
                <span className="ml-auto rounded-sm bg-degraded-soft px-1.5 text-degraded text-xs">
                  {open}
                  <span className="sr-only"> open</span>
                </span>
              )}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
