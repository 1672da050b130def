"use client";

import { useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { plural } from "../../../ui/format/numbers.ts";
import { namespaceWords, type Scope } from "../view-model/scope.ts";

interface ScopeChoiceProps {
  readonly services: readonly { readonly namespace: string }[];
  readonly scope: Scope;
  onChoose(scope: Scope): void;
}

/** From how many namespaces on a field helps to find one. */
const manyFrom = 8;

/** Namespaces to tick; those of the address that nobody knows (any more) can be taken out. */
export function ScopeChoice({ services, scope, onChoose }: ScopeChoiceProps) {
  const [search, setSearch] = useState("");
  const counts = new Map(scope.map((name) => [name, 0]));
  for (const { namespace } of services) counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  const names = [...counts.keys()].sort();
  const shown = names.filter((name) =>
    namespaceWords(name).toLowerCase().includes(search.trim().toLowerCase()),
  );
  return (
    <div className="flex w-72 max-w-full flex-col">
      {names.length > manyFrom && (
        <input
          aria-label="Find a namespace"
          placeholder="Find a namespace…"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="m-1.5 h-8 rounded-md border border-line-strong bg-surface px-2"
        />
      )}
      <ul className="max-h-72 overflow-y-auto p-1.5">
        {shown.map((name) => (
          <li key={name}>
            <label className="flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 hover:bg-hover">
              <input
                type="checkbox"
                className="size-4 accent-(--accent)"
                checked={scope.includes(name)}
                onChange={({ target }) =>
                  onChoose(target.checked ? [...scope, name] : scope.filter((one) => one !== name))
                }
              />
              <span className="min-w-0 grow break-words">{namespaceWords(name)}</span>
              <span className="text-faint text-xs">{plural(counts.get(name) ?? 0, "service")}</span>
            </label>
          </li>
        ))}
        {shown.length === 0 && (
          <li className="px-2 py-3 text-muted">No namespace {names.length > 0 ? "of that name" : "yet"}.</li>
        )}
      </ul>
      <div className="flex items-center justify-between gap-2 border-line border-t p-1.5 pl-3 text-faint text-xs">
        Nothing ticked means all.
        <Button size="small" disabled={scope.length === 0} onClick={() => onChoose([])}>
          All namespaces
        </Button>
      </div>
    </div>
  );
}
