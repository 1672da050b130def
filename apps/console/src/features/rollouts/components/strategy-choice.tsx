"use client";

import { Copy, GitBranch, Split, ToggleRight } from "lucide-react";
import { classes } from "../../../ui/classes.ts";
import { type Strategy, strategies, strategyWords } from "../view-model/templates.ts";

const icons = { canary: Split, blueGreen: ToggleRight, match: GitBranch, mirror: Copy };

interface StrategyChoiceProps {
  /** Undefined: the steps are none of them any more. */
  readonly value: Strategy | undefined;
  onChange(strategy: Strategy): void;
}

/** The shapes that one list of steps can have, to begin from. */
export function StrategyChoice({ value, onChange }: StrategyChoiceProps) {
  return (
    <fieldset className="grid gap-2 sm:grid-cols-2 lg:grid-cols-4">
      <legend className="sr-only">Begin from</legend>
      {strategies.map((strategy) => {
        const Icon = icons[strategy];
        const { name, does } = strategyWords[strategy];
        return (
          <button
            key={strategy}
            type="button"
            aria-pressed={strategy === value}
            onClick={() => onChange(strategy)}
            className={classes(
              "flex items-start gap-2.5 rounded-md border bg-surface p-3 text-left hover:bg-hover",
              strategy === value ? "border-accent ring-1 ring-accent" : "border-line",
            )}
          >
            <Icon size={17} aria-hidden className="mt-0.5 shrink-0 text-accent" />
            <span className="min-w-0">
              <span className="block font-medium">{name}</span>
              <span className="block text-muted text-xs">{does}</span>
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}
