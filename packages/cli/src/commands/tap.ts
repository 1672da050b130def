import { Command } from "commander";
import { z } from "zod";
import { CommandError, exitCodes } from "./command-error.ts";
import type { CommandSurroundings } from "./command-surroundings.ts";
import { type ConsoleOptions, withConsoleOptions } from "./console-api.ts";
import { followConsole } from "./follow-console.ts";
import { type RequestOptions, requestQuery, withRequestOptions } from "./request-options.ts";
import { TapLines } from "./tap-lines.ts";

interface TapOptions extends ConsoleOptions, RequestOptions {
  readonly max?: string;
}

const Service = z.object({ namespace: z.string(), name: z.string(), version: z.string() });

const Request = z.object({
  ...{ kind: z.literal("request"), at: z.string(), source: Service, destination: Service },
  ...{ method: z.string(), path: z.string(), status: z.number(), flag: z.string(), seconds: z.number() },
  decisions: z.array(z.object({ policy: z.string(), wouldAct: z.boolean(), acted: z.boolean() })),
});
export type TappedRequest = z.infer<typeof Request>;

const Event = z.discriminatedUnion("kind", [
  Request,
  z.object({ kind: z.literal("missed"), count: z.number() }),
  z.object({ kind: z.literal("alive") }),
  z.object({ kind: z.literal("end"), detail: z.string() }),
]);

const help = `
Examples:
  weir tap --destination shop/payments --status 5xx   requests to payments that failed
  weir tap --decision would-act                       what enforcing would change
  weir tap --min 250ms -o json | jq -r .traceId       traces of slow requests, as they happen
  weir tap --max 10                                   the next ten

Ctrl-C ends it. It goes on when the console was away, and says so.`;

/** `weir tap`: requests as they happen, a line each. */
export function tapCommand(surroundings: CommandSurroundings): Command {
  const command = new Command("tap")
    .description("follow requests as they happen")
    .addHelpText("after", help)
    .option("--max <n>", "end after so many")
    .action((options: TapOptions) => tap(surroundings, options));
  return withConsoleOptions(withRequestOptions(command), ["table", "json"]);
}

async function tap(surroundings: CommandSurroundings, options: TapOptions): Promise<void> {
  const { print, printError, drained } = surroundings;
  let left = mostOf(options.max);
  const lines = new TapLines(surroundings.paint);
  let isHeaded = options.output === "json";
  const interrupted = surroundings.untilInterrupted();
  for await (const text of followConsole(surroundings, options, "/tap", requestQuery(options), interrupted)) {
    // Only once the console has answered: a refusal stands alone.
    if (!isHeaded) print(lines.heading());
    isHeaded = true;
    const event = Event.safeParse(parsed(text)).data;
    if (event?.kind === "missed") printError(`weir: ${event.count} more came at once, and are not shown`);
    if (event?.kind === "end") printError(`weir: ${event.detail}; it is asked again`);
    if (event?.kind !== "request") continue;
    print(options.output === "json" ? text : lines.line(event));
    await drained();
    if (--left <= 0) return;
  }
  interrupted.throwIfAborted();
}

function mostOf(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new CommandError(exitCodes.usage, `--max must be a whole number from 1 on, not "${text}"`);
}

/** Undefined for what is cut off, which is passed over as a kind is that this release does not know. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
