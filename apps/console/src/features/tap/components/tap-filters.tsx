"use client";

import { useQuery } from "@tanstack/react-query";
import { serviceIdText } from "@weir/domain/browser";
import { useTRPC } from "../../../client/trpc.ts";
import { anyOption, optionsWithAny } from "../../../ui/any-option.ts";
import { Select } from "../../../ui/select.tsx";
import type { useTapFilter } from "../hooks/use-tap-filter.ts";

const digits = [0, 2, 3, 4, 5] as const;
const decisions = ["would-act", "acted"] as const;

/** Source, destination, path, status, latency, decision. */
export function TapFilters({ state, set }: Pick<ReturnType<typeof useTapFilter>, "state" | "set">) {
  const names = useQuery(useTRPC().services.names.queryOptions());
  const services = (names.data ?? [])
    .map(({ namespace, name }) => serviceIdText({ namespace, service: name }))
    .sort();
  return (
    <form
      aria-label="Which requests"
      onSubmit={(event) => event.preventDefault()}
      className="grid grid-cols-2 items-end gap-2 sm:flex sm:flex-wrap"
    >
      <Select
        label="Source"
        className="min-w-0 sm:w-44"
        value={state.source ?? anyOption}
        onChange={(source) => void set({ source: source === anyOption ? null : source })}
        options={optionsWithAny(services, state.source ?? undefined, "Any source")}
      />
      <Select
        label="Destination"
        className="min-w-0 sm:w-44"
        value={state.destination ?? anyOption}
        onChange={(destination) => void set({ destination: destination === anyOption ? null : destination })}
        options={optionsWithAny(services, state.destination ?? undefined, "Any destination")}
      />
      <Select
        label="Status"
        className="min-w-0 sm:w-36"
        value={state.status === null ? anyOption : String(state.status)}
        onChange={(status) => void set({ status: digits.find((digit) => String(digit) === status) ?? null })}
        options={[
          { value: anyOption, label: "Any status" },
          ...digits.slice(1).map((digit) => ({ value: String(digit), label: `${digit}xx` })),
          { value: "0", label: "No response" },
        ]}
      />
      <Select
        label="Decision"
        className="min-w-0 sm:w-44"
        value={state.decided ?? anyOption}
        onChange={(decided) => void set({ decided: decisions.find((one) => one === decided) ?? null })}
        options={[
          { value: anyOption, label: "Any decision" },
          { value: "would-act", label: "A policy would act" },
          { value: "acted", label: "A policy acted" },
        ]}
      />
      <input
        aria-label="Path begins with"
        placeholder="/path"
        defaultValue={state.path ?? ""}
        onChange={(event) => void set({ path: event.target.value === "" ? null : event.target.value })}
        className="h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 font-mono text-[0.8125rem] sm:w-40"
      />
      <label className="flex h-8 items-center gap-2 text-muted text-xs">
        at least
        <input
          aria-label="At least, milliseconds"
          type="number"
          min={0}
          placeholder="0"
          defaultValue={state.slower ?? ""}
          onChange={(event) => {
            const ms = event.target.valueAsNumber;
            void set({ slower: ms > 0 ? ms : null });
          }}
          className="h-8 w-20 rounded-md border border-line-strong bg-surface px-2 text-right font-mono text-[0.8125rem] text-text"
        />
        ms
      </label>
    </form>
  );
}
