import { CircleX, GitCompareArrows, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { FoundTrace } from "../../../server/traces/by-id.ts";
import { formatCount, formatNs, plural } from "../../../ui/format/numbers.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { BackLink } from "../../frame/back-link.tsx";
import { useLink } from "../../frame/index.ts";
import type { WaterfallState } from "../hooks/use-waterfall.ts";
import type { SpanTree } from "../view-model/span-tree.ts";
import { spanTitle } from "../view-model/waterfall-span.ts";
import { CopyText } from "./copy-text.tsx";
import { hueOf, ServiceMark } from "./service-mark.tsx";
import { TimeSplitBar } from "./time-split-bar.tsx";
import { TraceDownload } from "./trace-download.tsx";

interface HeaderProps {
  readonly trace: FoundTrace;
  readonly state: WaterfallState;
  onNextError(): void;
}

/** What this trace is, at a glance, and what about it is incomplete. */
export function TraceHeader({ trace, state, onNextError }: HeaderProps) {
  const link = useLink();
  const { facts, tree, split } = state;
  const root = facts.root?.span;
  return (
    <header className="shrink-0 border-line border-b px-4 pt-3 pb-2">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <BackLink to="/traces" className="self-center">
          Traces
        </BackLink>
        <h1 className="min-w-0 font-semibold text-base">
          {root?.service}{" "}
          <span className="break-words font-normal text-muted">{root && spanTitle(root)}</span>
        </h1>
        <CopyText text={trace.traceId} what="trace id" />
        <Link
          href={link(`/traces/compare?a=${trace.traceId}`)}
          className="inline-flex items-center gap-1 self-center text-muted text-xs hover:text-text"
        >
          <GitCompareArrows size={13} aria-hidden />
          Compare
        </Link>
        <TraceDownload traceId={trace.traceId} />
      </div>
      <dl className="mt-2 flex flex-wrap gap-x-6 gap-y-1">
        <Fact name="Total">{formatNs(facts.totalNs)}</Fact>
        <Fact name="Started">{formatMoment(trace.startMs, trace.nowMs)}</Fact>
        <Fact name="Spans">{formatCount(facts.spans)}</Fact>
        <Fact name="Services">{facts.services.length}</Fact>
        <Fact name="Errors">
          {facts.errors > 0 ? (
            <button
              type="button"
              title="To the next failed span (e)"
              onClick={() => onNextError()}
              className="inline-flex items-center gap-1 text-failing hover:underline"
            >
              <CircleX size={13} aria-hidden />
              {facts.errors}
              <span className="sr-only">, to the next failed span</span>
            </button>
          ) : (
            "0"
          )}
        </Fact>
        <TimeSplitBar split={split} />
      </dl>
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1)
        tabIndex={0}
        aria-label="Services in this trace"
        className="mt-2 flex max-h-12 flex-wrap gap-x-4 gap-y-1 overflow-y-auto text-xs max-sm:hidden"
      >
        {facts.services.map(({ name, spans }) => (
          <li key={name} className="inline-flex items-center gap-1.5">
            <ServiceMark hue={hueOf(facts.services, name)} />
            {name} <span className="text-faint">{spans}</span>
          </li>
        ))}
      </ul>
      <Warnings tree={tree} isWhole={trace.isWhole} />
    </header>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-center gap-1.5">
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="font-mono text-[0.8125rem]">{children}</dd>
    </div>
  );
}

function Warnings({ tree, isWhole }: { tree: SpanTree; isWhole: boolean }) {
  const { missingParents: missing, skewed, loops } = tree;
  const texts = [
    !isWhole &&
      `This trace has more spans than a page can show: these are the first ${formatCount(tree.nodes.size)}.`,
    loops > 0 &&
      `${plural(loops, "loop")} of parents: spans that name each other, or themselves, as their cause. Each was cut at its earliest span, which stands on the first level.`,
    missing > 0 &&
      `${plural(missing, "span")} ${missing === 1 ? "names a parent" : "name parents"} that did not arrive: not sampled, dropped, or still on the way. ${missing === 1 ? "It stands" : "They stand"} on the first level.`,
    skewed > 0 &&
      `${plural(skewed, "span")} began before what caused ${skewed === 1 ? "it" : "them"}: clocks differ, so ${skewed === 1 ? "it was" : "they were"} shifted into place.`,
  ].filter((text) => text !== false);
  if (texts.length === 0) return null;
  return (
    <ul aria-label="Warnings" className="mt-2 flex flex-col gap-1">
      {texts.map((text) => (
        <li
          key={text}
          className="flex items-start gap-1.5 rounded-md bg-degraded-soft px-2 py-1 text-degraded text-xs"
        >
          <TriangleAlert size={13} aria-hidden className="mt-px shrink-0" />
          {text}
        </li>
      ))}
    </ul>
  );
}
