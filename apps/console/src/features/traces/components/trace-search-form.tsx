"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import { Button } from "../../../ui/button.tsx";
import { Select } from "../../../ui/select.tsx";
import { useWindow } from "../../time/index.ts";
import { useTraceFilters } from "../hooks/use-trace-filters.ts";

const any = "*";
const field = "h-8 rounded-md border border-line-strong bg-surface px-2";

/** What to search for. Every choice goes to the address at once; a typed duration when its field is left or Enter is pressed. */
export function TraceSearchForm() {
  const trpc = useTRPC();
  const { length } = useWindow();
  const { filters, setFilters, active } = useTraceFilters();
  const known = useQuery(trpc.traces.operations.queryOptions({ length }, { staleTime: 30_000 }));
  const services = known.data ?? [];
  const chosen = filters.service === undefined ? undefined : `${filters.namespace ?? ""}/${filters.service}`;
  const operations = services.find((one) => keyOf(one) === chosen)?.operations ?? [];
  return (
    <form
      aria-label="Search traces"
      onSubmit={(event) => event.preventDefault()}
      className="flex flex-wrap items-end gap-x-3 gap-y-2 rounded-md border border-line bg-surface p-3"
    >
      <Labelled text="Service">
        <Select
          label="Service"
          className="w-44"
          value={chosen ?? any}
          onChange={(service) =>
            void setFilters({ service: service === any ? null : service, operation: null })
          }
          options={withChosen(services.map(keyOf), chosen, "Any service")}
        />
      </Labelled>
      <Labelled text="Operation">
        <Select
          label="Operation"
          className="w-56 max-w-[calc(100vw-4rem)]"
          value={filters.operation ?? any}
          onChange={(operation) => void setFilters({ operation: operation === any ? null : operation })}
          options={withChosen(
            operations,
            filters.operation,
            chosen ? "Any operation" : "Choose a service first",
          )}
        />
      </Labelled>
      <MinDuration value={filters.minDurationMs} onChange={(min) => void setFilters({ min })} />
      <label className="flex h-8 items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-(--accent)"
          checked={filters.errorsOnly ?? false}
          onChange={(event) => void setFilters({ errors: event.target.checked || null })}
        />
        Errors only
      </label>
      {active && (
        <Button look="quiet" onClick={() => void setFilters(null)}>
          Clear
        </Button>
      )}
    </form>
  );
}

function MinDuration({
  value,
  onChange,
}: {
  value: number | undefined;
  onChange(value: number | null): void;
}) {
  const [text, setText] = useState(value === undefined ? "" : String(value));
  useEffect(() => setText(value === undefined ? "" : String(value)), [value]);
  const number = Number(text);
  const wrong = text !== "" && !(Number.isFinite(number) && number >= 0);
  const commit = () => {
    if (!wrong) onChange(text === "" || number === 0 ? null : number);
  };
  return (
    <Labelled text="At least (ms)">
      <input
        inputMode="decimal"
        aria-label="Least duration in milliseconds"
        aria-invalid={wrong}
        placeholder="0"
        value={text}
        onChange={(event) => setText(event.target.value.replace(",", "."))}
        onBlur={commit}
        onKeyDown={(event) => event.key === "Enter" && commit()}
        className={`${field} w-28 font-mono aria-invalid:border-failing`}
      />
      {wrong && <span className="text-failing text-xs">a number, such as 250</span>}
    </Labelled>
  );
}

function Labelled({ text, children }: { text: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <span aria-hidden className="text-faint text-xs">
        {text}
      </span>
      {children}
    </div>
  );
}

/** A choice from the address stays choosable, also while the list is being read or does not have it any more. */
function withChosen(names: readonly string[], chosen: string | undefined, anyLabel: string) {
  const all = chosen === undefined || names.includes(chosen) ? names : [chosen, ...names];
  return [{ value: any, label: anyLabel }, ...all.map((name) => ({ value: name, label: name }))];
}

function keyOf({ namespace, service }: { readonly namespace: string; readonly service: string }): string {
  return `${namespace}/${service}`;
}
