import type { ReactNode } from "react";
import type { LogsOfTrace, RequestOfTrace } from "../../../server/traces/logs.ts";
import { formatBytes, formatNs, plural } from "../../../ui/format/numbers.ts";
import { flagWords } from "../view-model/flag-words.ts";
import { spanTime } from "../view-model/span-time.ts";
import type { SpanNode } from "../view-model/span-tree.ts";
import { SpanDecisions } from "./span-decisions.tsx";
import { FactTable } from "./span-facts.tsx";
import { TimeSplitBar } from "./time-split-bar.tsx";

/** The request of a span as its sidecars wrote it down: whose time it was, tries, the answer, and what policies said. */
export function SidecarView({ node, logs }: { node: SpanNode; logs: LogsOfTrace }) {
  const time = spanTime(node);
  const requests = logs.requests.filter(({ spanId }) => spanId === node.span.spanId);
  if (!time && requests.length === 0)
    return (
      <p className="text-faint text-xs">No sidecar carried this: it is the application's own account.</p>
    );
  return (
    <>
      {time && (
        <dl className="py-1">
          <TimeSplitBar split={time} label="Time" />
        </dl>
      )}
      {requests.length > 1 && (
        <p className="mt-1 text-degraded text-xs">
          {plural(requests.length, "try", "tries")}: sent again {plural(requests.length - 1, "time")}.
        </p>
      )}
      {requests.map((request, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tries of one request may be alike and never move
        <div key={index} className="mt-1">
          <FactTable label={`Request ${index + 1}`} facts={factsOf(request)} />
          <SpanDecisions decisions={request.decisions} />
        </div>
      ))}
      {!logs.isWhole && (
        <p className="mt-1 text-faint text-xs">
          The logs of this trace are longer than a page reads; the latest lines are missing.
        </p>
      )}
    </>
  );
}

function factsOf(request: RequestOfTrace): [string, ReactNode][] {
  const { source, destination, method, path, status, flag } = request;
  return [
    ["from, to", `${source || "?"} → ${destination || "?"}`],
    ["request", <span key="request" className="break-all font-mono">{`${method} ${path}`}</span>],
    ["answer", status === 0 ? "none" : String(status)],
    ...(flag === "" ? [] : [["response flag", `${flag}: ${flagWords(flag)}`] as [string, ReactNode]]),
    ["in all, upstream", `${formatNs(request.durationNs)}, ${formatNs(request.upstreamNs)}`],
    ["sent, received", `${formatBytes(request.requestBytes)}, ${formatBytes(request.responseBytes)}`],
  ];
}
