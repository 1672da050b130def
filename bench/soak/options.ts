import { parseArgs } from "node:util";

const usage = `Millions of requests through one sidecar while its upstream resets, times out and answers early, callers leave
in the middle, and a new snapshot comes every second. Its memory must not grow, and no request may end wrongly.

npm run bench -- soak [--requests N]

  --requests N   2,000,000 when absent, 20,000 at least

Ends with 1 when memory at the end is more than 10 % above the warm one, or a request ended as it should not.`;

/** Number of requests. Ends the process with 0 after the help that was asked for, and with 2 after what is wrong. */
export function readRequestsOrExit(args: readonly string[]): number {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        requests: { type: "string", default: "2000000" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const requests = Number(values.requests.replaceAll(/[_,]/g, ""));
    if (Number.isInteger(requests) && requests >= 20_000) return requests;
    console.error(
      `bench soak: --requests must be a whole number of 20,000 or more, not "${values.requests}"`,
    );
  } catch (error) {
    console.error(`bench soak: ${(error as Error).message}`);
  }
  return process.exit(2);
}
