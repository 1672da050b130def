import { parseArgs } from "node:util";
import { readOptionsOrExit, wholeNumber } from "../shared/read-options.ts";
import type { LoadedData } from "./loaded-data.ts";

export interface Options {
  readonly size: Omit<LoadedData, "untilMs">;
  /** Of each question, after a few that are not counted. */
  readonly runs: number;
  /** Where the data is kept, and found again; undefined: in a temporary directory. */
  readonly keep: string | undefined;
  /** Only questions whose name has this in it. */
  readonly only: string;
}

const usage = `How long questions take over a store that has long been in use.

npm run bench -- query [--traces N] [--services N] [--edges N] [--days N] [--runs N] [--keep DIR] [--only TEXT]

  --traces N     of ten spans each, over the last day (1,000,000)
  --services N   (1,000)
  --edges N      with rollups of every length (10,000)
  --days N       of rollups (7)
  --runs N       of each question, after three that are not counted (40)
  --keep DIR     the data stays in DIR, and is not made anew when it is there
  --only TEXT    only questions whose name has this in it

Making the data takes some ten minutes and 5 GB. Ends with 1 when a question takes longer than wanted.`;

/** See {@link readOptionsOrExit}. */
export function readQueryOptions(args: readonly string[]): Options {
  return readOptionsOrExit("query", usage, () => read(args));
}

/** Undefined when help was asked for. */
function read(args: readonly string[]): Options | undefined {
  const text = (otherwise: string) => ({ type: "string", default: otherwise }) as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ traces: text("1,000,000"), services: text("1,000"), edges: text("10,000"), days: text("7") },
      ...{ runs: text("40"), only: text(""), keep: { type: "string" } },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  const number = (name: "traces" | "services" | "edges" | "days" | "runs", least: number) =>
    wholeNumber(`--${name}`, values[name], least);
  return {
    size: {
      ...{ traces: number("traces", 1_000), services: number("services", 50) },
      ...{ edges: number("edges", 10), days: number("days", 1) },
    },
    runs: number("runs", 1),
    keep: values.keep,
    only: values.only,
  };
}
