import type { SpanEvent } from "../../../server/traces/span-view.ts";
import { formatNs } from "../../../ui/format/numbers.ts";
import { attributeFacts, FactTable } from "./span-facts.tsx";
import { Part } from "./span-part.tsx";

/** What happened inside a span, with when. */
export function SpanEvents({ events }: { events: readonly SpanEvent[] }) {
  return (
    <Part title="Events" empty={events.length === 0}>
      <ol className="flex flex-col gap-2 text-xs">
        {events.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: events have no id, may be alike and never move
          <li key={index} className="rounded-md border border-line p-2">
            <p className="flex justify-between gap-2">
              <span className="font-medium">{event.name}</span>
              {event.afterNs !== undefined && (
                <span className="font-mono text-muted">+{formatNs(event.afterNs)}</span>
              )}
            </p>
            {Object.keys(event.attributes).length > 0 && (
              <FactTable verbatim label={`Event ${event.name}`} facts={attributeFacts(event.attributes)} />
            )}
          </li>
        ))}
      </ol>
    </Part>
  );
}
