"use client";

import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../../ui/button.tsx";
import { type EnforceStep, useEnforceSearch } from "../hooks/use-enforce-search.ts";

interface NextStepProps {
  readonly to: EnforceStep;
  readonly children: ReactNode;
  readonly disabled?: boolean;
}

/** The way on, at the foot of a step. */
export function NextStep({ to, children, disabled }: NextStepProps) {
  const { goTo } = useEnforceSearch();
  return (
    <div className="flex justify-end">
      <Button look="primary" disabled={disabled} onClick={() => goTo(to)}>
        {children} <ArrowRight size={15} aria-hidden />
      </Button>
    </div>
  );
}
