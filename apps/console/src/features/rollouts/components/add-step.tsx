"use client";

import type { Step } from "@weir/rollout";
import { Plus } from "lucide-react";
import { Button } from "../../../ui/button.tsx";
import { withFirst } from "../view-model/plan-draft.ts";

interface AddStepProps {
  readonly steps: readonly Step[];
  onChange(steps: readonly Step[]): void;
}

const forMs = 300_000;

/** What can come before the weights; a weight is added after another, in its own row. */
export function AddStep({ steps, onChange }: AddStepProps) {
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 py-3">
      <span className="text-muted text-xs">Before the weights</span>
      <Button size="small" onClick={() => onChange(withFirst(steps, { mirror: 10, forMs }))}>
        <Plus size={12} aria-hidden /> Mirror
      </Button>
      <Button
        size="small"
        onClick={() =>
          onChange(
            withFirst(steps, {
              match: [{ headers: [{ name: "x-user-type", exact: "beta-tester" }] }],
              forMs,
            }),
          )
        }
      >
        <Plus size={12} aria-hidden /> Match
      </Button>
    </div>
  );
}
