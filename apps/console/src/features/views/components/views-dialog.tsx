"use client";

import { type FormEvent, useState } from "react";
import { Answer } from "../../../ui/answer.tsx";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { useViews } from "../hooks/use-views.ts";
import { viewAddress } from "../view-model/view-address.ts";
import { ViewRow } from "./view-row.tsx";

const field = "h-8 min-w-0 grow rounded-md border border-line-strong bg-surface px-2";

/** Names what is on the page now, and lists what was named before. */
export function ViewsDialog({ onClose }: { onClose(): void }) {
  const { views, save, rename, remove } = useViews();
  const [name, setName] = useState("");
  const [removed, setRemoved] = useState<{ readonly name: string; readonly href: string }>();
  const [href] = useState(() => viewAddress(window.location));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await save({ name, href }).then(
      () => setName(""),
      () => {}, // the notice says why, and what was typed stays
    );
  };
  const undo = ({ name, href }: { readonly name: string; readonly href: string }) =>
    save({ name, href }).then(
      () => setRemoved(undefined),
      () => {},
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Saved views"
      description="A name for an address: page, window, namespaces, selection and search. Everybody who uses this console sees them."
    >
      <form onSubmit={(event) => void submit(event)} className="flex gap-2">
        <input
          aria-label="Name of what is shown now"
          placeholder="Name what is shown now"
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
          className={field}
        />
        <Button type="submit" look="primary" disabled={name.trim() === ""}>
          Save
        </Button>
      </form>
      <p className="mt-1 mb-4 truncate font-mono text-faint text-xs" title={href}>
        {href}
      </p>
      {removed && (
        <p
          role="status"
          className="mb-2 flex items-center justify-between gap-2 rounded-md bg-sunken py-1 pr-1 pl-3"
        >
          <span className="truncate">{removed.name} is removed.</span>
          <Button size="small" onClick={() => void undo(removed)}>
            Undo
          </Button>
        </p>
      )}
      <Answer query={views} what="saved views" rows={3}>
        {(saved) =>
          saved.length === 0 ? (
            <p className="py-4 text-center text-muted">Nothing is saved yet.</p>
          ) : (
            <ul aria-label="Saved views" className="-mx-2">
              {saved.map((view) => (
                <ViewRow
                  key={view.id}
                  view={view}
                  onRename={(next) => rename({ id: view.id, name: next })}
                  onRemove={() =>
                    remove({ id: view.id }).then(
                      () => setRemoved(view),
                      () => {},
                    )
                  }
                />
              ))}
            </ul>
          )
        }
      </Answer>
    </Dialog>
  );
}
