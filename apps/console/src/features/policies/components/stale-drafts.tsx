import { GitCompareArrows } from "lucide-react";

interface StaleDraftsProps {
  readonly stale: readonly { readonly message: string; readonly patch: string }[];
  readonly over: boolean;
  onOver(over: boolean): void;
}

/** Policies of a file that were made from another revision than the one in force: both versions, and the way to write all the same. */
export function StaleDrafts({ stale, over, onOver }: StaleDraftsProps) {
  if (stale.length === 0) return null;
  return (
    <section aria-label="Changed meanwhile" className="mb-3 flex flex-col gap-2">
      {stale.map(({ message, patch }) => (
        <div key={message} role="alert" className="rounded-md bg-degraded-soft px-2 py-1.5 text-xs">
          <p className="flex items-start gap-2 text-degraded">
            <GitCompareArrows size={14} aria-hidden className="mt-px shrink-0" /> {message}.
          </p>
          {patch && (
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it
              tabIndex={0}
              className="mt-1 max-h-48 overflow-auto font-mono"
            >
              {patch.trimEnd()}
            </pre>
          )}
        </div>
      ))}
      <label className="flex items-center gap-2 text-sm">
        <input type="checkbox" checked={over} onChange={({ target }) => onOver(target.checked)} />
        Write over what is in force
      </label>
    </section>
  );
}
