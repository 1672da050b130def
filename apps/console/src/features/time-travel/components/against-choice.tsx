"use client";

import { Select } from "../../../ui/select.tsx";
import { type Against, againstWords, useAgainst } from "../hooks/use-against.ts";

const nothing = "nothing";
const options = [
  { value: nothing, label: "Compare with …" },
  ...Object.entries(againstWords).map(([value, words]) => ({ value, label: `Against ${words}` })),
];

/** What the window is compared with. */
export function AgainstChoice() {
  const { against, setAgainst } = useAgainst();
  return (
    <Select
      label="Compare with"
      value={against ?? nothing}
      onChange={(value) => void setAgainst(value === nothing ? null : (value as Against))}
      options={options}
      className="shrink-0 text-xs"
    />
  );
}
