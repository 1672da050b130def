"use client";

import type { Mode } from "@weir/domain";
import { Segments } from "../../../ui/segments.tsx";
import type { WideChange } from "../view-model/begun-by.ts";

type Choice = Mode | "inherit";

const options = [
  { value: "inherit", label: "Inherit" },
  { value: "observe", label: "Observe" },
  { value: "enforce", label: "Enforce" },
] as const;

interface NamespaceModeProps {
  readonly namespace: { readonly name: string; readonly own: Mode | null };
  onChoose(change: WideChange): void;
}

/** The switch of a namespace, which its services follow unless they have a mode of their own. */
export function NamespaceMode({ namespace: { name, own }, onChoose }: NamespaceModeProps) {
  const current: Choice = own ?? "inherit";
  const choose = (choice: Choice) => {
    if (choice === current) return;
    onChoose({ scope: "namespace", name, mode: choice === "inherit" ? null : choice });
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="min-w-0 grow truncate">{name}</span>
      <Segments<Choice>
        label={`Mode of namespace ${name}`}
        value={current}
        onChange={choose}
        options={options}
      />
    </li>
  );
}
