"use client";

import { windowLengths } from "@weir/domain/browser";
import { Select } from "../../ui/select.tsx";
import { useWindow, windowWords } from "../time/index.ts";

const options = windowLengths.map((value) => ({
  value,
  label: (
    <>
      <span className="hidden sm:inline">{windowWords(value)}</span>
      <span className="sm:hidden">{value}</span>
    </>
  ),
}));

/** The window of time that the whole console looks at. */
export function WindowControl() {
  const { length, setLength } = useWindow();
  return (
    <Select
      label="Window of time"
      value={length}
      onChange={(next) => void setLength(next)}
      options={options}
    />
  );
}
