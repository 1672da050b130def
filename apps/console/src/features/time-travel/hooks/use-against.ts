"use client";

import { widthOf } from "@weir/domain/browser";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useWindow } from "../../time/index.ts";

const againsts = ["before", "1h", "1d", "1w"] as const;
export type Against = (typeof againsts)[number];

export const againstWords: Readonly<Record<Against, string>> = {
  before: "the window before",
  "1h": "an hour before",
  "1d": "a day before",
  "1w": "a week before",
};

const hourMs = 3_600_000;
const agoMs = { "1h": hourMs, "1d": 24 * hourMs, "1w": 7 * 24 * hourMs } as const;

/** What the window is compared with, in the address (`?against=1d`), and how much earlier that is, in milliseconds. */
export function useAgainst() {
  const { length } = useWindow();
  const [against, setAgainst] = useQueryState("against", parseAsStringLiteral(againsts));
  const ago = against === null ? undefined : against === "before" ? widthOf(length) : agoMs[against];
  return { against: against ?? undefined, agoMs: ago, setAgainst };
}
