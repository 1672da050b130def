"use client";

import { parseAsBoolean, parseAsFloat, parseAsString, useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import { printDuration } from "../view-model/query/duration.ts";
import { parseQuery } from "../view-model/query/parse-query.ts";
import { withTerm } from "../view-model/query/print-query.ts";

const parsers = {
  q: parseAsString,
  service: parseAsString,
  operation: parseAsString,
  min: parseAsFloat,
  errors: parseAsBoolean,
};
const pages = { until: parseAsFloat, pages: parseAsFloat, region: parseAsString };

/**
 * What to search traces for, as the query's text in the address: `?q=service = shop/payments status = error`. Links from
 * elsewhere may say `?service=&operation=&min=&errors=` (`min` in milliseconds); the next change makes a `q` of it.
 * Another query begins at its first page again.
 */
export function useTraceQuery() {
  const [values, setValues] = useQueryStates({ ...parsers, ...pages });
  const { q, service, operation, min, errors } = values;
  const text = useMemo(() => {
    if (q !== null) return q;
    let linked = service === null ? "" : withTerm("", "service", "=", service);
    if (operation !== null) linked = withTerm(linked, "operation", "=", operation);
    if (min !== null && min > 0) linked = withTerm(linked, "duration", ">=", printDuration(min));
    return errors ? withTerm(linked, "status", "=", "error") : linked;
  }, [q, service, operation, min, errors]);
  const setText = useCallback(
    (next: string) =>
      void setValues({
        ...{ q: next === "" ? null : next, service: null, operation: null, min: null, errors: null },
        ...{ until: null, pages: null, region: null },
      }),
    [setValues],
  );
  return { text, parsed: useMemo(() => parseQuery(text), [text]), setText };
}
