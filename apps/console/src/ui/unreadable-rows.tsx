import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

interface Row {
  readonly id: number;
  readonly subject: string;
  readonly why: string;
}

interface UnreadableRowsProps<T extends Row> {
  /** Such as `Rollout`. */
  readonly what: string;
  readonly rows: readonly T[];
  /** What can be done about one all the same. */
  action?(row: T): ReactNode;
}

/** Of a list, what this release cannot read: that it is there, and why it is not shown with the others. */
export function UnreadableRows<T extends Row>({ what, rows, action }: UnreadableRowsProps<T>) {
  if (rows.length === 0) return null;
  return (
    <ul aria-label={`${what}s that cannot be read`} className="flex flex-col gap-2">
      {rows.map((row) => (
        <li
          key={row.id}
          className="flex flex-wrap items-start gap-2 rounded-md bg-degraded-soft px-2 py-1.5 text-degraded text-xs"
        >
          <TriangleAlert size={14} aria-hidden className="mt-px shrink-0" />
          <span className="min-w-0 flex-1 basis-56 break-words">
            {what} {row.id} of {row.subject} cannot be read by this release, and is left as it is.
            <span className="block text-text">{row.why}</span>
          </span>
          {action?.(row)}
        </li>
      ))}
    </ul>
  );
}
