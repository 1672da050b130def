import { parseArgs } from "node:util";
import type { LoadedData } from "../query/loaded-data.ts";
import { readOptionsOrExit, wholeNumber } from "../shared/read-options.ts";

export interface Options {
  readonly size: Omit<LoadedData, "untilMs">;
  /** Pages that follow what happens, each with its own connection. */
  readonly views: number;
  /** Of each procedure, alone and beside the views. */
  readonly runs: number;
  /** Where the data is kept, and found again; undefined: in a temporary directory. */
  readonly keep: string | undefined;
}

const usage = `How long the console's procedures take, alone and while many pages follow what happens.

npm run bench -- console [--views N] [--runs N] [--traces N] [--services N] [--edges N] [--days N] [--keep DIR]

  --views N      that show the live map, and read it again as often as a page does (50)
  --runs N       of each procedure (40)
  --traces N     of ten spans each, over the last day (100,000)
  --services N   (1,000)
  --edges N      (5,000)
  --days N       of rollups (1)
  --keep DIR     the data stays in DIR, and is not made anew when it is there; bench query's will do

Ends with 1 when a procedure takes longer than wanted, or is slowed by more than half.`;

/** See {@link readOptionsOrExit}. */
export function readConsoleOptions(args: readonly string[]): Options {
  return readOptionsOrExit("console", usage, () => read(args));
}

/** Undefined when help was asked for. */
function read(args: readonly string[]): Options | undefined {
  const text = (otherwise: string) => ({ type: "string", default: otherwise }) as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ views: text("50"), runs: text("40"), traces: text("100,000"), services: text("1,000") },
      ...{ edges: text("5,000"), days: text("1"), keep: { type: "string" } },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  return {
    size: {
      traces: wholeNumber("--traces", values.traces, 1_000),
      services: wholeNumber("--services", values.services, 50),
      edges: wholeNumber("--edges", values.edges, 10),
      days: wholeNumber("--days", values.days, 1),
    },
    views: wholeNumber("--views", values.views, 1),
    runs: wholeNumber("--runs", values.runs, 1),
    keep: values.keep,
  };
}
