"use client";

import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { switchOfSearch } from "../view-model/enforce-path.ts";

export const enforceSteps = ["effect", "consent", "guard"] as const;
export type EnforceStep = (typeof enforceSteps)[number];

/** Which switch is being turned, and how far: both stand in the address. What was agreed to does not. */
export function useEnforceSearch() {
  const [search, setSearch] = useQueryStates({
    policy: parseAsString,
    service: parseAsString,
    namespace: parseAsString,
    mesh: parseAsBoolean.withDefault(false),
    step: parseAsStringLiteral(enforceSteps).withDefault("effect"),
  });
  return {
    at: switchOfSearch(search),
    step: search.step,
    goTo: (step: EnforceStep) => void setSearch({ step }, { history: "push", scroll: true }),
  };
}
