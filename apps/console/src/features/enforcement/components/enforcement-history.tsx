"use client";

import { ownAuthor, whyOf } from "@weir/domain/browser";
import { formatMoment } from "../../../ui/format/times.ts";
import { Panel } from "../../../ui/panel.tsx";
import type { ShownEnforcement } from "../view-model/enforce-preview.ts";
import { ChecksTable } from "./checks-table.tsx";

const actionWords = { start: "Enforced", takeBack: "Taken back", keep: "Kept", end: "Guard ended" } as const;

/** What became of it, with the numbers as they were: kept for ever. */
export function EnforcementHistory({ events }: Pick<ShownEnforcement, "events">) {
  return (
    <Panel title="What happened">
      <ol className="flex flex-col">
        {events.map(({ seq, atMs, author, action, reason, comment, checks }) => (
          <li key={seq} className="border-line border-b py-2.5 first:pt-0 last:border-b-0 last:pb-0">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium">{actionWords[action]}</span>
              <span className="text-muted text-xs">
                {formatMoment(atMs, Date.now())} by {author === ownAuthor ? "the guard" : author}
              </span>
            </p>
            <p className="break-words">{whyOf(reason)}</p>
            {comment && <p className="break-words text-muted">“{comment}”</p>}
            {checks.length > 0 && (
              <details className="mt-1">
                <summary className="cursor-pointer text-accent text-xs">The numbers as they were</summary>
                <ChecksTable checks={checks} />
              </details>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
