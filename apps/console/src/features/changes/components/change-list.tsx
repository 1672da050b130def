"use client";

import Link from "next/link";
import type { ShownChange } from "../../../server/changes/shown-change.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { useLink } from "../../frame/index.ts";
import { ChangeGlyph } from "./change-glyph.tsx";

interface ChangeListProps {
  readonly changes: readonly ShownChange[];
  /** Says the day of what is not of this one's. */
  readonly nowMs: number;
}

/** Changes with who made them, when and why; links take the window and the namespaces along. */
export function ChangeList({ changes, nowMs }: ChangeListProps) {
  const link = useLink();
  return (
    <ol aria-label="Changes" className="flex flex-col gap-2.5 text-sm">
      {changes.map(({ id, kind, atMs, what, who, why, href }) => (
        <li key={id} className="flex gap-2">
          <span className="pt-0.5 text-muted">
            <ChangeGlyph kind={kind} size={14} />
          </span>
          <div className="min-w-0">
            <Link href={link(href)} className="wrap-anywhere hover:text-accent hover:underline">
              {what}
            </Link>
            <p className="wrap-anywhere text-muted text-xs">
              <span className="font-mono">{formatMoment(atMs, nowMs)}</span> · {who}
              {why !== undefined && <> · “{why}”</>}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
