import { ChevronDown, ChevronRight } from "lucide-react";
import { memo, type Ref } from "react";
import type { TappedRequest } from "../../../server/tap/tapped-request.ts";
import { classes } from "../../../ui/classes.ts";
import { formatSeconds } from "../../../ui/format/numbers.ts";
import { formatClock } from "../../../ui/format/times.ts";
import { Cell } from "../../../ui/table.tsx";
import { StatusText } from "./status-text.tsx";

interface TapRowProps {
  readonly request: TappedRequest;
  readonly isOpen: boolean;
  /** Its place in the list, by which the virtualiser knows it. */
  readonly index: number;
  readonly ref: Ref<HTMLTableRowElement>;
  onOpen(key: string | undefined): void;
}

/** One request, on one line; drawn again only when it changes, however the list is scrolled. */
export const TapRow = memo(function TapRow({ request, isOpen, index, ref, onOpen }: TapRowProps) {
  const { key, atMs, source, destination, version, method, path, status, flag, seconds } = request;
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <tr
      ref={ref}
      data-index={index}
      aria-rowindex={index + 2}
      className={classes("hover:bg-hover", isOpen && "bg-accent-soft")}
    >
      <Cell className="whitespace-nowrap font-mono text-[0.8125rem] text-muted">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => onOpen(isOpen ? undefined : key)}
          className="flex items-center gap-1"
        >
          <Chevron size={13} aria-hidden />
          {formatClock(atMs)}
          <span className="sr-only">, details</span>
        </button>
      </Cell>
      <Cell className="truncate" title={source}>
        {source}
      </Cell>
      <Cell className="truncate" title={`${destination} ${version}`}>
        {destination} <span className="text-faint text-xs">{version}</span>
      </Cell>
      <Cell className="truncate font-mono text-[0.8125rem]" title={`${method} ${path}`}>
        {method} {path}
      </Cell>
      <Cell className="truncate font-mono text-[0.8125rem]">
        <StatusText status={status} flag={flag} />
      </Cell>
      <Cell numeric>{formatSeconds(seconds)}</Cell>
      <Cell className="truncate text-xs">{decisionsOf(request)}</Cell>
    </tr>
  );
});

function decisionsOf({ decisions }: TappedRequest): string {
  const acted = decisions.filter((decision) => decision.acted).length;
  const would = decisions.filter((decision) => decision.wouldAct && !decision.acted).length;
  return [acted > 0 ? `${acted} acted` : "", would > 0 ? `${would} would act` : ""]
    .filter(Boolean)
    .join(", ");
}
