import type { LogsOfTrace } from "../../../server/traces/logs.ts";
import { formatNs } from "../../../ui/format/numbers.ts";
import { attributeFacts, FactTable } from "./span-facts.tsx";
import { Part } from "./span-part.tsx";

interface LogsProps {
  readonly spanId: string;
  readonly spanAtMs: number;
  readonly logs: LogsOfTrace;
}

const names = ["trace", "debug", "info", "warn", "error", "fatal"] as const;

/** What the application wrote down while the span was under way. */
export function SpanLogs({ spanId, spanAtMs, logs }: LogsProps) {
  const lines = logs.logs.filter((line) => line.spanId === spanId);
  return (
    <Part title="Logs" empty={lines.length === 0}>
      <ol className="flex flex-col gap-2 text-xs">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id, may be alike and never move
          <li key={index} className="rounded-md border border-line p-2">
            <p className="flex justify-between gap-2">
              <span className={line.severity >= 17 ? "font-medium text-failing" : "text-muted"}>
                {names[Math.floor((line.severity - 1) / 4)] ?? "log"}
              </span>
              <span className="font-mono text-muted">
                +{formatNs(Math.max(0, line.atMs - spanAtMs) * 1e6)}
              </span>
            </p>
            <p className="mt-1 whitespace-pre-wrap break-words font-mono">{line.body}</p>
            {Object.keys(line.attributes).length > 0 && (
              <FactTable verbatim label="Log" facts={attributeFacts(line.attributes)} />
            )}
          </li>
        ))}
      </ol>
    </Part>
  );
}
