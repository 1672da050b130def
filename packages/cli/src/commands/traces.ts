import { serviceIdText } from "@weir/domain";
import { Command } from "commander";
import { z } from "zod";
import type { CommandSurroundings } from "./command-surroundings.ts";
import { askConsole, type ConsoleOptions, printable, withConsoleOptions } from "./console-api.ts";
import { durationText } from "./quantity-text.ts";
import { renderTable } from "./render-table.ts";

interface SearchOptions extends ConsoleOptions {
  readonly service?: string;
  readonly operation?: string;
  readonly min?: string;
  readonly errors?: true;
  readonly limit: string;
  readonly window: string;
}

const Service = z.object({ namespace: z.string(), name: z.string(), version: z.string() });

const Traces = z.object({
  traces: z.array(
    z.object({
      traceId: z.string(),
      start: z.string(),
      durationNs: z.string(),
      service: Service,
      operation: z.string(),
      spanCount: z.number(),
      errorCount: z.number(),
    }),
  ),
  next: z.string().nullable(),
  searchedBackTo: z.string().nullable(),
});

const Span = z.object({
  spanId: z.string(),
  parentSpanId: z.string().nullable(),
  service: Service,
  operation: z.string(),
  kind: z.string(),
  status: z.string(),
  startNs: z.string(),
  durationNs: z.string(),
});
type Span = z.infer<typeof Span>;

const Trace = z.object({
  traceId: z.string(),
  start: z.string(),
  startNs: z.string(),
  durationNs: z.string(),
  spans: z.array(Span),
});

const help = `
Examples:
  weir traces --service shop/payments --min 250ms --window 1h   slow requests
  weir traces --errors --limit 100                              traces with a span that failed
  weir traces show 922070b89838549e4fd9bf7d7b958e1d             one of them, its spans as a tree
  weir traces -o json | jq -r '.traces[].traceId'`;

/** `weir traces`: a search for traces, and `weir traces show` one of them as a tree. */
export function tracesCommand(surroundings: CommandSurroundings): Command {
  const search = new Command("traces")
    .description("search for traces, the newest first")
    .addHelpText("after", help)
    .enablePositionalOptions()
    .option("--service <namespace/name>", "a span of this service took part")
    .option("--operation <name>", "a span of this name took part")
    .option("--min <duration>", "took at least so long, such as 250ms")
    .option("--errors", "only traces with a span that failed")
    .option("--limit <n>", "at most so many, 1 to 500", "20")
    .option("--window <duration>", "how far back to look, such as 90s, 15m, 6h", "15m")
    .action(async (options: SearchOptions) => {
      const answer = await askConsole(surroundings, options, "/traces", {
        service: options.service,
        operation: options.operation,
        minDuration: options.min,
        status: options.errors && "error",
        limit: options.limit,
        from: options.window,
      });
      surroundings.print(
        options.output === "json" ? JSON.stringify(answer, null, 2) : tracesTable(Traces.parse(answer)),
      );
    });
  const show = new Command("show")
    .description("print one trace, its spans as a tree")
    .argument("<id>", "its id, 32 hexadecimal digits")
    .action(async (id: string, options: ConsoleOptions) => {
      const answer = await askConsole(surroundings, options, `/traces/${encodeURIComponent(id)}`);
      surroundings.print(
        options.output === "json" ? JSON.stringify(answer, null, 2) : traceTree(Trace.parse(answer)),
      );
    });
  return withConsoleOptions(search, ["table", "json"]).addCommand(
    withConsoleOptions(show, ["table", "json"]),
  );
}

function tracesTable({ traces, next, searchedBackTo }: z.infer<typeof Traces>): string {
  const cut = searchedBackTo === null ? [] : [`Searched back to ${searchedBackTo} only: time ran out.`];
  if (traces.length === 0) return ["No trace matches.", ...cut].join("\n");
  const table = renderTable(
    ["STARTED", "TRACE", "SERVICE", "OPERATION", "DURATION", "SPANS", "ERRORS"],
    traces.map((trace) => [
      trace.start,
      trace.traceId,
      serviceText(trace.service),
      printable(trace.operation),
      nsText(BigInt(trace.durationNs)),
      `${trace.spanCount}`,
      `${trace.errorCount}`,
    ]),
  );
  const more = next !== null && searchedBackTo === null ? ["There are more: raise --limit."] : [];
  return [table, ...more, ...cut].join("\n");
}

function traceTree(trace: z.infer<typeof Trace>): string {
  const rows = inTreeOrder(trace.spans).map(({ span, depth }) => [
    `${"  ".repeat(depth)}${serviceText(span.service)}`,
    printable(span.operation),
    span.kind,
    `+${nsText(BigInt(span.startNs) - BigInt(trace.startNs))}`,
    nsText(BigInt(span.durationNs)),
    span.status === "error" ? "error" : "",
  ]);
  const heading = `Trace ${trace.traceId}: ${nsText(BigInt(trace.durationNs))}, started ${trace.start}`;
  return `${heading}\n\n${renderTable(["SERVICE", "OPERATION", "KIND", "AT", "DURATION", "STATUS"], rows)}`;
}

/** Parents before their children; a span whose parent is missing is a root, and each span comes once even in a ring. */
function inTreeOrder(spans: readonly Span[]): { span: Span; depth: number }[] {
  const known = new Set(spans.map((span) => span.spanId));
  const children = Map.groupBy(spans, (span) => span.parentSpanId);
  const isRoot = (span: Span) => span.parentSpanId === null || !known.has(span.parentSpanId);
  const seen = new Set<Span>();
  const ordered: { span: Span; depth: number }[] = [];
  for (const root of [...spans.filter(isRoot), ...spans]) {
    const waiting = [{ span: root, depth: 0 }];
    for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
      const { span, depth } = entry;
      if (seen.has(span)) continue;
      seen.add(span);
      ordered.push(entry);
      for (const child of (children.get(span.spanId) ?? []).toReversed())
        waiting.push({ span: child, depth: depth + 1 });
    }
  }
  return ordered;
}

function serviceText({ namespace, name, version }: z.infer<typeof Service>): string {
  return printable(`${serviceIdText({ namespace, service: name })} ${version}`.trimEnd());
}

function nsText(ns: bigint): string {
  return ns < 0n ? `-${nsText(-ns)}` : durationText(Number(ns) / 1e9);
}
