"use client";

import { parseAsBoolean, parseAsFloat, parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";

const parsers = {
  service: parseAsString,
  operation: parseAsString,
  min: parseAsFloat,
  errors: parseAsBoolean.withDefault(false),
};

/**
 * What to search traces for; all of it in the address:
 * `?service=shop/payments&operation=&min=&errors=`, `min` in milliseconds.
 */
export function useTraceFilters() {
  const [values, setFilters] = useQueryStates(parsers);
  const { service, operation, min, errors } = values;
  const filters = useMemo(
    () => ({
      ...splitService(service),
      operation: operation ?? undefined,
      minDurationMs: min !== null && min > 0 ? min : undefined,
      errorsOnly: errors || undefined,
    }),
    [service, operation, min, errors],
  );
  return { filters, setFilters, active: Object.values(filters).some((value) => value !== undefined) };
}

function splitService(text: string | null) {
  const slash = text?.indexOf("/") ?? -1;
  if (text === null || slash < 0) return { namespace: undefined, service: text ?? undefined };
  return { namespace: text.slice(0, slash), service: text.slice(slash + 1) };
}
