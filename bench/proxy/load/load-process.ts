import type { Exchange, Target } from "../exchanges.ts";
import { type Caller, openCallers } from "./caller.ts";
import { closedLoop, type Span } from "./closed-loop.ts";
import { openLoop } from "./open-loop.ts";

/** The only load generator of a run, so that the figures of the peers compare. */
export type LoadCommand = {
  readonly target: Target;
  readonly exchange: Exchange;
  readonly callers: number;
} & (
  | { readonly kind: "closed"; readonly span: Span }
  | { readonly kind: "open"; readonly ms: number; readonly rate: number }
  /** Opens connections, asks once on each, and keeps them until `release`. */
  | { readonly kind: "hold" }
  | { readonly kind: "release" }
);

const held: Caller[] = [];
process.once("disconnect", () => process.exit());
process.on("message", (command: LoadCommand) => {
  withinLimit(command).then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
process.send?.("ready");

/** Beyond the time it was to take: a peer that neither answers nor closes must not hold up the run. */
const patienceMs = 15_000;

function withinLimit(command: LoadCommand): Promise<unknown> {
  const limitMs = patienceMs + ("ms" in command ? command.ms : "span" in command ? command.span.ms : 0);
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no answer for ${patienceMs / 1000} s`)), limitMs);
    run(command)
      .then(resolve, reject)
      .finally(() => clearTimeout(late));
  });
}

async function run(command: LoadCommand): Promise<unknown> {
  if (command.kind === "release") {
    for (const caller of held.splice(0)) caller.close();
    return undefined;
  }
  const callers = await openCallers(command.target, command.exchange, command.callers);
  if (command.kind === "hold") {
    held.push(...callers);
    for (const caller of callers) await closedLoop([caller], { ms: 0, requests: 1 });
    return undefined;
  }
  try {
    if (command.kind === "open") return await openLoop(callers, command.rate, command.ms);
    return await closedLoop(callers, command.span);
  } finally {
    for (const caller of callers) caller.close();
  }
}
