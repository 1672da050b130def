"use client";

import { Dialog } from "../../ui/dialog.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { keyGroups } from "./key-list.ts";

/** Which keys do what. */
export function KeysDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Keys">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the list may be longer than the dialog, and has nothing else to scroll it by (axe: scrollable-region-focusable) */}
      <div tabIndex={0} className="flex flex-col gap-5 outline-none">
        {keyGroups.map((group) => (
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
