"use client";

import { Dialog } from "../../ui/dialog.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { pages } from "./pages.ts";

const groups: readonly { title: string; keys: readonly { keys: readonly string[]; does: string }[] }[] = [
  {
    title: "Everywhere",
    keys: [
      { keys: ["⌘K", "Ctrl K"], does: "Go to a page or a service" },
      { keys: ["?"], does: "These keys" },
      { keys: ["Esc"], does: "Close what is open" },
      ...pages.map((page) => ({ keys: ["g", page.key], does: page.label })),
    ],
  },
  {
    title: "Map",
    keys: [
      { keys: ["Tab"], does: "Next service or edge" },
      { keys: ["Enter"], does: "Open it" },
      { keys: ["f"], does: "Fit the map" },
      { keys: ["+", "-"], does: "Zoom" },
      { keys: ["← ↑ → ↓"], does: "Move the map" },
      { keys: ["Shift ← ↑ → ↓"], does: "Next service that way" },
    ],
  },
  {
    title: "Trace",
    keys: [
      { keys: ["↑", "↓", "j", "k"], does: "Previous, next span" },
      { keys: ["←", "→"], does: "Fold and unfold" },
      { keys: ["Enter"], does: "Details of the span" },
      { keys: ["/"], does: "Search in the trace" },
      { keys: ["n", "N"], does: "Next, previous match" },
    ],
  },
  {
    title: "Weight slider",
    keys: [
      { keys: ["←", "→"], does: "One per cent less or more" },
      { keys: ["Page Up", "Page Down"], does: "Ten per cent" },
      { keys: ["Home", "End"], does: "None, all" },
    ],
  },
];

/** Which keys do what. */
export function KeysDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Keys">
      <div className="flex flex-col gap-5">
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 font-medium text-faint text-xs">{group.title}</h3>
            <dl className="grid grid-cols-[1fr_auto] gap-y-1.5">
              {group.keys.map((entry) => (
                <div key={entry.does} className="contents">
                  <dt>{entry.does}</dt>
                  <dd className="flex gap-1 justify-self-end">
                    {entry.keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
