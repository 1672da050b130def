import { setTimeout as pause } from "node:timers/promises";
import { Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import type { CommandSurroundings } from "./command-surroundings.ts";
import { askConsole, type ConsoleOptions, printable, withConsoleOptions } from "./console-api.ts";
import { Health, healthText } from "./health-text.ts";
import { LiveScreen } from "./live-screen.ts";
import { durationText, rateText, shareText } from "./quantity-text.ts";
import { renderTable } from "./render-table.ts";
import { type RequestOptions, requestQuery, withRequestOptions } from "./request-options.ts";

const keys = ["source", "destination", "version", "method", "path", "status"] as const;
const measures = ["requests", "errors", "success", "p50", "p95", "p99"] as const;
type Key = (typeof keys)[number];

interface TopOptions extends ConsoleOptions, RequestOptions {
  readonly by: readonly Key[];
  readonly sort: string;
  readonly order?: string;
  readonly window: string;
  readonly limit: string;
  readonly once?: true;
}

const Top = z.object({
  groups: z.number(),
  rows: z.array(
    z.object({
      ...{ source: z.string().nullable(), destination: z.string().nullable() },
      ...{ version: z.string().nullable(), method: z.string().nullable(), path: z.string().nullable() },
      ...{ status: z.number().nullable(), requests: z.number(), errors: z.number(), rps: z.number() },
      errorShare: z.number().nullable(),
      health: Health,
      latencySeconds: z.record(z.enum(["p50", "p95", "p99"]), z.number().nullable()),
    }),
  ),
});
type Row = z.infer<typeof Top>["rows"][number];

const redrawMs = 2_000;

const help = `
Examples:
  weir top                                        the most frequent requests, drawn anew every two seconds
  weir top --by source,destination --sort p99     the slowest edges
  weir top --by path,status --destination shop/cart --sort success   what fails in the cart, worst first
  weir top --once                                 one table, and the end; so it is in a pipe
  weir top -o json | jq '.rows[] | select(.errors > 0)'`;

/** `weir top`: requests of the last minutes put together; live on a terminal, one table in a pipe. */
export function topCommand(surroundings: CommandSurroundings): Command {
  const command = new Command("top")
    .description("show the most frequent, slowest or worst requests, put together")
    .addHelpText("after", help)
    .addOption(
      new Option("--by <things>", `what to put together by, of ${keys.join(",")}`)
        .argParser(keysOf)
        .default(["destination", "method", "path"], "destination,method,path"),
    )
    .addOption(
      new Option("--sort <column>", "what comes first").choices([...measures, ...keys]).default("requests"),
    )
    .addOption(
      new Option("--order <way>", "unless told descending, but ascending for success and names").choices([
        "asc",
        "desc",
      ]),
    )
    .option("--window <duration>", "how far back, up to 15m", "1m")
    .option("--limit <n>", "at most so many rows", "20")
    .option("--once", "print one table, also on a terminal")
    .action((options: TopOptions) => top(surroundings, options));
  return withConsoleOptions(withRequestOptions(command), ["table", "json"]);
}

async function top(surroundings: CommandSurroundings, options: TopOptions): Promise<void> {
  const { terminal } = surroundings;
  const query = {
    ...requestQuery(options),
    ...{ by: options.by, sort: options.sort, order: options.order },
    ...{ from: options.window, limit: options.limit },
  };
  const ask = (interrupted?: AbortSignal) => askConsole(surroundings, options, "/top", query, interrupted);
  const first = await ask();
  if (options.output === "json") return surroundings.print(JSON.stringify(first, null, 2));
  const render = (answer: unknown) => tableOf(Top.parse(answer), options, surroundings);
  if (terminal === undefined || options.once) return surroundings.print(render(first));
  const interrupted = surroundings.untilInterrupted();
  let shown = render(first);
  const screen = new LiveScreen(terminal);
  try {
    while (!interrupted.aborted) {
      screen.draw(shown);
      await pause(redrawMs, undefined, { signal: interrupted }).catch(() => {}); // seen by the next line
      if (interrupted.aborted) break;
      shown = await ask(interrupted).then(
        render,
        (error: Error) => `${note}${error.message}\n\n${withoutNote(shown)}`,
      );
    }
  } finally {
    screen.leave();
  }
  surroundings.print(withoutNote(shown));
  interrupted.throwIfAborted();
}

const note = "Not live: ";

/** The table alone. */
function withoutNote(shown: string): string {
  return shown.startsWith(note) ? shown.slice(shown.indexOf("\n\n") + 2) : shown;
}

function tableOf(
  { rows, groups }: z.infer<typeof Top>,
  options: TopOptions,
  { paint }: CommandSurroundings,
): string {
  const heading = `Requests of the last ${options.window}, by ${options.by.join(", ")}; sorted by ${options.sort}`;
  if (rows.length === 0) return `${heading}\n\nNo such request was logged.`;
  const table = renderTable(
    [...options.by.map((key) => headings[key]), "REQUESTS", "RATE", "SUCCESS", "HEALTH", "P50", "P95", "P99"],
    rows.map((row) => [
      ...options.by.map((key) => cellOf(row, key)),
      `${row.requests}`,
      rateText(row.rps),
      successText(row),
      healthText({ ...row.health, reasons: [] }, paint), // the column before it tells them
      durationText(row.latencySeconds.p50),
      durationText(row.latencySeconds.p95),
      durationText(row.latencySeconds.p99),
    ]),
  );
  const more = groups > rows.length ? `\n${groups - rows.length} more rows: raise --limit.` : "";
  return `${heading}\n\n${table}${more}`;
}

const headings: Readonly<Record<Key, string>> = {
  ...{ source: "FROM", destination: "TO", version: "VERSION" },
  ...{ method: "METHOD", path: "PATH", status: "STATUS" },
};

function cellOf(row: Row, key: Key): string {
  if (key === "status") return row.status === 0 ? "none" : `${row.status ?? "-"}`;
  return printable(row[key] ?? "-");
}

/** With how many failed. */
function successText({ errors, errorShare }: Row): string {
  const share = shareText(errorShare === null ? null : 1 - errorShare);
  return errors > 0 ? `${share} (${errors} failed)` : share;
}

function keysOf(text: string): readonly Key[] {
  const wanted = text.split(",").map((key) => key.trim());
  const unknown = wanted.find((key) => !keys.some((one) => one === key));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none of ${keys.join(", ")}.`);
  return keys.filter((key) => wanted.includes(key));
}
