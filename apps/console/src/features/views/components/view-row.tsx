"use client";

import { Check, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { Button } from "../../../ui/button.tsx";

interface ViewRowProps {
  readonly view: { readonly name: string; readonly href: string; readonly author: string };
  onRename(name: string): Promise<unknown>;
  onRemove(): Promise<unknown>;
}

/** One saved view: opens it, gives it another name, takes it away. */
export function ViewRow({ view, onRename, onRemove }: ViewRowProps) {
  const [name, setName] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name !== undefined && name.trim() !== view.name)
      await onRename(name).then(
        () => setName(undefined),
        () => {}, // the notice says why
      );
    else setName(undefined);
  };
  return (
    <li className="flex items-center gap-1 rounded-sm px-2 hover:bg-hover">
      {name === undefined ? (
        <>
          {/* In the place of the dialog: Back leads to where it was opened. */}
          <Link replace href={view.href} className="min-w-0 grow py-1.5">
            <span className="block truncate text-accent">{view.name}</span>
            <span className="block truncate font-mono text-faint text-xs">{view.href}</span>
          </Link>
          <span className="hidden text-faint text-xs sm:inline">{view.author}</span>
          <Button
            look="quiet"
            size="icon"
            aria-label={`Rename ${view.name}`}
            onClick={() => setName(view.name)}
          >
            <Pencil size={14} aria-hidden />
          </Button>
        </>
      ) : (
        <form onSubmit={(event) => void submit(event)} className="flex min-w-0 grow gap-1 py-1.5">
          <input
            // biome-ignore lint/a11y/noAutofocus: the pencil was pressed to type here
            autoFocus
            aria-label={`New name of ${view.name}`}
            value={name}
            required
            maxLength={80}
            onChange={(event) => setName(event.target.value)}
            className="h-8 min-w-0 grow rounded-md border border-line-strong bg-surface px-2"
          />
          <Button type="submit" look="quiet" size="icon" aria-label="Keep the new name">
            <Check size={14} aria-hidden />
          </Button>
        </form>
      )}
      <Button look="quiet" size="icon" aria-label={`Remove ${view.name}`} onClick={() => void onRemove()}>
        <Trash2 size={14} aria-hidden />
      </Button>
    </li>
  );
}
