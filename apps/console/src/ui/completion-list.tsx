import type { QueryCompletion } from "./query-input.tsx";

interface ListProps {
  readonly id: string;
  readonly offers: readonly QueryCompletion[];
  /** Of the one chosen by the arrow keys; -1: none yet. */
  readonly at: number;
  onTake(offer: QueryCompletion): void;
}

/** What may come next in the query, below its field. */
export function CompletionList({ id, offers, at, onTake }: ListProps) {
  return (
    <div
      id={`${id}-offers`}
      role="listbox"
      aria-label="What may come next"
      className="absolute top-10 left-0 z-30 max-h-72 w-full max-w-lg overflow-y-auto rounded-md border border-line bg-surface p-1 shadow-float"
    >
      {offers.map((offer, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field (aria-activedescendant)
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
        <div
          key={offer.label}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(offer)}
          className="flex cursor-default items-baseline justify-between gap-4 rounded-sm px-2 py-1 hover:bg-hover aria-selected:bg-accent-soft"
        >
          <span className="min-w-0 truncate font-mono text-[0.8125rem]">{offer.label}</span>
          <span className="shrink-0 text-faint text-xs max-sm:hidden">{offer.hint}</span>
        </div>
      ))}
    </div>
  );
}
