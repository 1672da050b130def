"use client";

import { readDuration, serviceIdText } from "@weir/domain/browser";
import { type ReactNode, useEffect, useState } from "react";
import { anyOption, optionsWithAny } from "../../../ui/any-option.ts";
import { Button } from "../../../ui/button.tsx";
import { Select } from "../../../ui/select.tsx";
import type { useTraceQuery } from "../hooks/use-trace-query.ts";
import { useVocabulary } from "../hooks/use-vocabulary.ts";
import { printDuration } from "../view-model/query/duration.ts";
import { withTerm } from "../view-model/query/print-query.ts";
import { QueryField } from "./query-field.tsx";

/**
 * What to search for, as text and as a form: both are the one query. A choice in the form changes its term in the text and
 * leaves what else stands there.
 */
export function TraceSearchForm({ search }: { search: ReturnType<typeof useTraceQuery> }) {
  const { text, parsed, setText } = search;
  const { query } = parsed;
  const vocabulary = useVocabulary();
  const put = (name: string, operator: string, value: string | undefined, from = text) =>
    setText(withTerm(from, name, operator, value));
  const names = vocabulary.services.map(({ name }) => name);
  const chosen = chosenService(query.service, names);
  const operations = vocabulary.services.find(({ name }) => name === chosen)?.operations ?? [];
  return (
    <form
      aria-label="Search traces"
      onSubmit={(event) => event.preventDefault()}
      className="flex flex-col gap-3 rounded-md border border-line bg-surface p-3"
    >
      <QueryField text={text} vocabulary={vocabulary} onSearch={setText} />
      <div className="grid grid-cols-2 items-end gap-x-3 gap-y-2 sm:flex sm:flex-wrap">
        <Labelled text="Service">
          <Select
            label="Service"
            className="w-full sm:w-44"
            value={chosen ?? anyOption}
            onChange={(service) => {
              const rest = withTerm(text, "operation", "=", undefined);
              put("service", "=", service === anyOption ? undefined : service, rest);
            }}
            options={optionsWithAny(names, chosen, "Any service")}
          />
        </Labelled>
        <Labelled text="Operation">
          <Select
            label="Operation"
            className="w-full sm:w-56"
            value={query.operation ?? anyOption}
            onChange={(operation) => put("operation", "=", operation === anyOption ? undefined : operation)}
            options={optionsWithAny(
              operations,
              query.operation,
              chosen ? "Any operation" : "Choose a service first",
            )}
          />
        </Labelled>
        <Duration
          label="At least"
          ms={query.minDurationMs}
          onChange={(value) => put("duration", ">=", value)}
        />
        <Duration
          label="At most"
          ms={query.maxDurationMs}
          onChange={(value) => put("duration", "<=", value)}
        />
        <label className="flex h-8 items-center gap-2">
          <input
            type="checkbox"
            className="size-4 accent-(--accent)"
            checked={query.errorsOnly ?? false}
            onChange={(event) => put("status", "=", event.target.checked ? "error" : undefined)}
          />
          Errors only
        </label>
        {text !== "" && (
          <Button look="quiet" onClick={() => setText("")}>
            Clear
          </Button>
        )}
      </div>
    </form>
  );
}

interface DurationProps {
  readonly label: string;
  readonly ms: number | undefined;
  onChange(value: string | undefined): void;
}

/** A bound of the trace's duration; goes to the query when the field is left or Enter is pressed. */
function Duration({ label, ms, onChange }: DurationProps) {
  const shown = ms === undefined ? "" : printDuration(Math.round(ms * 1e5) / 1e5);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const wrong = text !== "" && readDuration(text) === undefined;
  const commit = () => {
    if (!wrong && text !== shown) onChange(text === "" ? undefined : text);
  };
  return (
    <Labelled text={label}>
      <input
        aria-label={`${label} this duration`}
        aria-invalid={wrong}
        placeholder="250ms"
        value={text}
        onChange={(event) => setText(event.target.value.trim().replace(",", "."))}
        onBlur={commit}
        onKeyDown={(event) => event.key === "Enter" && commit()}
        className="h-8 w-full rounded-md border border-line-strong bg-surface px-2 font-mono aria-invalid:border-failing sm:w-24"
      />
    </Labelled>
  );
}

function Labelled({ text, children }: { text: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span aria-hidden className="text-faint text-xs">
        {text}
      </span>
      {children}
    </div>
  );
}

/** As the list names it, also where the query leaves the namespace out. */
function chosenService(
  asked: { readonly namespace?: string | undefined; readonly service: string } | undefined,
  names: readonly string[],
): string | undefined {
  if (asked === undefined) return undefined;
  const { namespace, service } = asked;
  if (namespace !== undefined) return serviceIdText({ namespace, service });
  return names.find((name) => name.endsWith(`/${service}`)) ?? service;
}
