"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { classes } from "../../../ui/classes.ts";
import { Segments } from "../../../ui/segments.tsx";

const sides = [
  { value: "form", label: "Form" },
  { value: "yaml", label: "YAML" },
] as const;
const sideParam = parseAsStringLiteral(sides.map(({ value }) => value)).withDefault("form");

interface EditorSidesProps {
  readonly form: ReactNode;
  readonly yaml: ReactNode;
  /** What is wrong in either; always in sight. */
  readonly findings: ReactNode;
}

/** The form and the YAML side by side; where there is no room for both, the one that the address names. */
export function EditorSides({ form, yaml, findings }: EditorSidesProps) {
  const [side, setSide] = useQueryState("side", sideParam);
  const shown = (which: typeof side) => classes("min-w-0", which !== side && "hidden lg:block");
  return (
    <>
      <div className="lg:hidden">
        <Segments label="Edit as" value={side} onChange={(next) => void setSide(next)} options={sides} />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className={shown("form")}>{form}</div>
        <div className="flex min-w-0 flex-col gap-3 lg:sticky lg:top-16 lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto">
          <div className={shown("yaml")}>{yaml}</div>
          {findings}
        </div>
      </div>
    </>
  );
}
