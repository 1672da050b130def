"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTRPC } from "../../../client/trpc.ts";
import type { LogsOfTrace } from "../../../server/traces/logs.ts";
import { Answer } from "../../../ui/answer.tsx";
import { Button } from "../../../ui/button.tsx";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { formatNs } from "../../../ui/format/numbers.ts";
import { selfTimeNs } from "../view-model/self-time.ts";
import type { SpanNode } from "../view-model/span-tree.ts";
import { isError, kindName, spanTitle } from "../view-model/waterfall-span.ts";
import { CopyText } from "./copy-text.tsx";
import { DrawerFrame } from "./drawer-frame.tsx";
import { SidecarView } from "./sidecar-view.tsx";
import { SpanEvents } from "./span-events.tsx";
import { attributeFacts, FactTable, findableText } from "./span-facts.tsx";
import { SpanLinks } from "./span-links.tsx";
import { SpanLogs } from "./span-logs.tsx";
import { Part } from "./span-part.tsx";

interface LogsQuery {
  readonly data: LogsOfTrace | undefined;
  readonly error: unknown;
  readonly isSuccess: boolean;
  readonly dataUpdatedAt: number;
  refetch(): unknown;
}

interface DrawerProps {
  readonly traceId: string;
  readonly traceStartNs: number;
  readonly traceStartMs: number;
  readonly node: SpanNode;
  /** Of the whole trace; comes after its spans. */
  readonly logs: LogsQuery;
  onClose(): void;
  /** Adds an attribute's value to the search in the trace. */
  onFind(name: string, value: string): void;
}

/** Everything known of one span. */
export function SpanDrawer({
  traceId,
  traceStartNs,
  traceStartMs,
  node,
  logs,
  onClose,
  onFind,
}: DrawerProps) {
  const trpc = useTRPC();
  const { span } = node;
  const details = useQuery(trpc.traces.span.queryOptions({ traceId, spanId: span.spanId, kind: span.kind }));
  const finderOf = (attributes: Readonly<Record<string, unknown>>) => (name: string) => {
    const value = findableText(attributes[name]);
    return value === undefined ? undefined : () => onFind(name, value);
  };
  return (
    <DrawerFrame>
      <header className="flex items-start gap-2 border-line border-b px-4 py-2.5">
        <div className="min-w-0 grow">
          <h2 className="font-semibold">
            {span.service} <span className="font-normal text-muted">{span.version}</span>
          </h2>
          <p className="break-words text-muted text-xs">{spanTitle(span)}</p>
        </div>
        <Button look="quiet" size="icon" aria-label="Close span details" onClick={onClose}>
          <X size={16} aria-hidden />
        </Button>
      </header>
      <div className="min-h-0 grow overflow-y-auto px-4 pb-6">
        <FactTable label="Span" facts={headFacts(node, traceStartNs)} />
        <Answer query={details} what="the span" rows={5}>
          {(data) => (
            <>
              <p className="mt-2 flex items-center text-muted text-xs">
                Link <CopyButton text={spanAddress(traceId, node)} what="link to this span" />
                <span className="ml-3">JSON</span>{" "}
                <CopyButton text={JSON.stringify({ ...span, ...data }, undefined, 2)} what="span as JSON" />
              </p>
              {data.statusMessage && (
                <p className="mt-3 break-words rounded-md bg-failing-soft p-2 text-failing text-xs">
                  {data.statusMessage}
                </p>
              )}
              <Part title="As the sidecar saw it" empty={false}>
                <Answer query={logs} what="the sidecars' logs" rows={2}>
                  {(all) => <SidecarView node={node} logs={all} />}
                </Answer>
              </Part>
              <Part title="Attributes" empty={Object.keys(data.attributes).length === 0}>
                <FactTable
                  verbatim
                  label="Attributes"
                  facts={attributeFacts(data.attributes)}
                  findOf={finderOf(data.attributes)}
                />
              </Part>
              <SpanEvents events={data.events} />
              <SpanLinks traceId={traceId} links={data.links} />
              {logs.data && (
                <SpanLogs
                  spanId={span.spanId}
                  spanAtMs={traceStartMs + span.startNs / 1e6}
                  logs={logs.data}
                />
              )}
              <Part title="Resource" empty={Object.keys(data.resource).length === 0}>
                <FactTable
                  verbatim
                  label="Resource"
                  facts={attributeFacts(data.resource)}
                  findOf={finderOf(data.resource)}
                />
              </Part>
            </>
          )}
        </Answer>
      </div>
    </DrawerFrame>
  );
}

function spanAddress(traceId: string, { key }: SpanNode): string {
  return `${window.location.origin}/traces/${traceId}?span=${encodeURIComponent(key)}`;
}

function headFacts(node: SpanNode, traceStartNs: number): [string, ReactNode][] {
  const { span } = node;
  const facts: [string, ReactNode][] = [
    ["duration", formatNs(span.durationNs)],
    ["self time", formatNs(selfTimeNs(node))],
    ["starts after", formatNs(node.startNs - traceStartNs)],
    ["status", isError(span) ? <Failed key="status" /> : "ok"],
    ["kind", kindName(span.kind) || "unspecified"],
    ["recorded by", reporterText(span.reporter)],
    ["span id", <CopyText key="span" text={span.spanId} what="span id" />],
  ];
  if (span.parentSpanId)
    facts.push(["parent id", <CopyText key="parent" text={span.parentSpanId} what="parent id" />]);
  if (node.inLoop) facts.push(["parents", "name each other in a loop, which was cut here"]);
  if (node.missingParent) facts.push(["parent", "did not arrive"]);
  if (node.skewNs !== 0) facts.push(["clock corrected by", formatNs(Math.abs(node.skewNs))]);
  return facts;
}

function Failed() {
  return <span className="font-medium text-failing">error</span>;
}

function reporterText(reporter: "source" | "destination" | undefined): string {
  if (reporter === undefined) return "the application";
  return reporter === "source" ? "the caller's sidecar" : "the destination's sidecar";
}
