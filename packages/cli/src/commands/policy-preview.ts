import { serviceIdText } from "@weir/domain";
import { unstorableFindings } from "@weir/policy-text/unstorable-findings";
import { Command } from "commander";
import { z } from "zod";
import { CommandError, exitCodes } from "./command-error.ts";
import type { CommandSurroundings } from "./command-surroundings.ts";
import {
  type ConsoleOptions,
  ConsoleRefused,
  consoleUrlOf,
  openConsole,
  printable,
  withConsoleOptions,
} from "./console-api.ts";
import { linesOf } from "./lines-of.ts";
import { findingLine, notAcceptable, readText } from "./policy-file.ts";
import { shareText } from "./quantity-text.ts";
import { renderTable } from "./render-table.ts";

interface PreviewOptions extends ConsoleOptions {
  readonly file: string;
  readonly window: string;
}

const verdict = { effect: z.string(), verdict: z.string(), bound: z.string(), requests: z.number() };

const Preview = z.object({
  ...{ kind: z.enum(["so-far", "preview"]), requests: z.number(), counted: z.number().optional() },
  ...{ coveredToMs: z.number(), window: z.object({ fromMs: z.number(), toMs: z.number() }) },
  service: z.object({ namespace: z.string(), name: z.string() }),
  callers: z.array(
    z.object({
      ...{ namespace: z.string(), service: z.string(), requests: z.number() },
      verdicts: z.array(z.object({ ...verdict, traceIds: z.array(z.string()) })),
    }),
  ),
  routes: z.array(z.object({ namespace: z.string(), service: z.string(), route: z.string(), ...verdict })),
});

/** Last instead of the preview, where the replay failed. */
const End = z.object({ kind: z.literal("end"), detail: z.string() });

const help = `
Examples:
  weir policy preview -f deny.yaml                     who would have been refused, had it been enforced?
  weir policy preview -f limit.yaml --window 6h
  weir policy preview -f deny.yaml -o json | jq '[.callers[].verdicts[] | select(.effect == "denied") | .requests] | add'

Ctrl-C ends it. Nothing is changed.`;

/** `weir policy preview`: what a policy, enforced, would have done to the logged requests of its service. */
export function previewPolicyCommand(surroundings: CommandSurroundings): Command {
  const command = new Command("preview")
    .description("replay a policy over logged requests: who would notice, had it been enforced?")
    .addHelpText("after", help)
    .requiredOption("-f, --file <file>", "YAML of one policy; - reads standard input")
    .option("--window <duration>", "how far back", "1h")
    .action(async (options: PreviewOptions) => {
      const preview = await previewed(surroundings, options);
      surroundings.print(options.output === "json" ? JSON.stringify(preview, null, 2) : previewText(preview));
    });
  return withConsoleOptions(command, ["text", "json"]);
}

async function previewed(surroundings: CommandSurroundings, options: PreviewOptions): Promise<unknown> {
  const base = consoleUrlOf(surroundings, options);
  const file = options.file === "-" ? "standard input" : options.file;
  const text = readText(options.file, file);
  const unstorable = unstorableFindings(text);
  if (unstorable.length > 0) throw notAcceptable(unstorable.map((finding) => findingLine(file, finding)));
  const interrupted = surroundings.untilInterrupted();
  const response = await openConsole(base, "/preview", { from: options.window }, interrupted, text).catch(
    (error: unknown) => {
      if (!(error instanceof ConsoleRefused) || error.findings.length === 0) throw error;
      throw notAcceptable(error.findings.map((finding) => printable(findingLine(file, finding))));
    },
  );
  let last: unknown;
  for await (const line of linesOf(response)) last = JSON.parse(line);
  if (Preview.safeParse(last).data?.kind === "preview") return last;
  const why = End.safeParse(last).data?.detail;
  throw new CommandError(
    exitCodes.failed,
    `${base} ended the preview before it was through${why === undefined ? "" : `: ${printable(why)}`}`,
  );
}

function previewText(answer: unknown): string {
  const preview = Preview.parse(answer);
  const { requests, counted, callers, routes, window, coveredToMs, service } = preview;
  if (requests === 0)
    return `no request to ${serviceText({ ...service, service: service.name })} was logged in this window`;
  const covered = (coveredToMs - window.fromMs) / (window.toMs - window.fromMs);
  const rows = callers.flatMap((caller) =>
    caller.verdicts.map((own) => [
      ...[
        serviceText(caller),
        effectText(own),
        shareText(own.requests / caller.requests),
        printable(own.verdict),
      ],
      printable(own.traceIds.join(" ")),
    ]),
  );
  const changed = routes.map((own) => [
    serviceText(own),
    printable(own.route),
    effectText(own),
    printable(own.verdict),
  ]);
  return [
    `of ${requests} logged requests, had it been enforced as the only policy:`,
    renderTable(["CALLER", "WOULD BE", "SHARE", "VERDICT", "EXAMPLES"], rows),
    ...(changed.length > 0 ? ["", renderTable(["CALLER", "ROUTE", "WOULD BE", "VERDICT"], changed)] : []),
    ...(covered < 1 ? ["", `covers the first ${shareText(covered)} of the window: the time was up`] : []),
    ...(counted !== undefined && requests < counted * nearlyAll
      ? ["", `rests on ${requests} of ${counted} requests: the others were not logged`]
      : []),
  ].join("\n");
}

/** Of counted requests: logged ones below this share are told as a sample. */
const nearlyAll = 0.98;

const bounds: Readonly<Record<string, string>> = {
  ...{ exact: "", byChance: "about ", about: "about ", atLeast: "at least ", atMost: "at most " },
};

function effectText({
  effect,
  bound,
  requests,
}: {
  effect: string;
  bound: string;
  requests: number;
}): string {
  return `${bounds[bound] ?? ""}${requests} ${printable(effect.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))}`;
}

function serviceText({
  namespace,
  service,
}: {
  readonly namespace: string;
  readonly service: string;
}): string {
  return printable(namespace === "" ? "outside the mesh" : serviceIdText({ namespace, service }));
}
