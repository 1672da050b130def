import { TriangleAlert } from "lucide-react";

interface UnreadableRowsProps {
  /** Such as `Rollout`. */
  readonly what: string;
  readonly rows: readonly { readonly id: number; readonly subject: string; readonly why: string }[];
}

/** Of a list, what this release cannot read: that it is there, and why it is not shown with the others. */
export function UnreadableRows({ what, rows }: UnreadableRowsProps) {
  if (rows.length === 0) return null;
  return (
    <ul aria-label={`${what}s that cannot be read`} className="flex flex-col gap-2">
      {rows.map(({ id, subject, why }) => (
        <li
          key={id}
          className="flex items-start gap-2 rounded-md bg-degraded-soft px-2 py-1.5 text-degraded text-xs"
        >
          <TriangleAlert size={14} aria-hidden className="mt-px shrink-0" />
          <span className="min-w-0 break-words">
            {what} {id} of {subject} cannot be read by this release, and is left as it is.
            <span className="block text-text">{why}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
