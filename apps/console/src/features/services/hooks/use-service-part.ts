"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";

const parts = ["overview", "routes", "policies", "endpoints", "changes"] as const;
export type ServicePart = (typeof parts)[number];

/** Which part of a service's page is open (`?part=`); each change is a step that Back undoes. */
export function useServicePart() {
  const [part, setPart] = useQueryState(
    "part",
    parseAsStringLiteral(parts).withDefault("overview").withOptions({ history: "push" }),
  );
  return { part, setPart: (next: ServicePart) => void setPart(next) };
}
