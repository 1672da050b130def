import { type Command, Option } from "commander";
import type { Query } from "./console-api.ts";

/** Options of commands that are about some of the requests, as on the Live page. */
export interface RequestOptions {
  readonly source?: string;
  readonly destination?: string;
  readonly path?: string;
  readonly status?: string;
  readonly min?: string;
  readonly decision?: string;
}

export function withRequestOptions(command: Command): Command {
  return command
    .option("--source <namespace/name>", "only requests of this service")
    .option("--destination <namespace/name>", "only requests to this service")
    .option("--path <prefix>", "only paths that begin so")
    .option("--status <status>", "503, a class such as 5xx, or none for no answer")
    .option("--min <duration>", "took at least so long, such as 250ms")
    .addOption(
      new Option("--decision <effect>", "a policy acted, or would have if it were enforced").choices([
        "acted",
        "would-act",
      ]),
    );
}

/** As the API takes it. */
export function requestQuery({ source, destination, path, status, min, decision }: RequestOptions): Query {
  return { source, destination, path, status, minDuration: min, decision };
}
