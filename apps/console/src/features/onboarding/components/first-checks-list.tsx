import { Circle, CircleCheck } from "lucide-react";
import type { FirstCheck } from "../view-model/first-checks.ts";

/** What is done already, ticked off as it happens. */
export function FirstChecksList({ checks }: { checks: readonly FirstCheck[] }) {
  return (
    <ol aria-label="How far it is" aria-live="polite" className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
      {checks.map(({ label, done, note }) => (
        <li key={label} className="flex gap-2.5">
          {done ? (
            <CircleCheck size={18} aria-hidden className="mt-px shrink-0 text-ok" />
          ) : (
            <Circle size={18} aria-hidden className="mt-px shrink-0 text-faint motion-safe:animate-pulse" />
          )}
          <span className="min-w-0">
            <span className={done ? "font-medium" : "text-muted"}>
              {label}
              <span className="sr-only">{done ? ": done" : ": not yet"}</span>
            </span>
            {note !== "" && <span className="block break-words text-faint text-xs">{note}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
