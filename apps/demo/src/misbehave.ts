import { request as httpRequest } from "node:http";
import { parseArgs } from "node:util";
import { ConfigError, readDataDir } from "./config.ts";
import { readRegistration } from "./service/registration.ts";

const usage = `Makes a running service of the shop misbehave, or behave again.

  node src/misbehave.ts --error-rate 0.3 --extra-ms 400
  node src/misbehave.ts --service payments --version v2 --off

  --service NAME      which service (payments, the only one that can)
  --version VERSION   which version of it (v2)
  --error-rate 0..1   share of requests it fails
  --extra-ms 0..30000 delay added to every request
  --off               behave again
  --data-dir FOLDER   the shop's data (or DATA_DIR)`;

/** The command line asks for something that is not possible; the message says what. */
class UsageError extends Error {
  readonly code = "usage";
}

type Wish = { service: string; version: string; dataDir: string; method: "PUT" | "DELETE"; body?: string };

/** Exit code 0 done, 1 the service is not there or refused, 2 the command line is wrong. */
async function main(args: string[]): Promise<number> {
  try {
    const wish = readWish(args);
    if (!wish) {
      process.stdout.write(`${usage}\n`);
      return 0;
    }
    process.stdout.write(`${wish.service} ${wish.version}: ${await tell(wish)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isUsage = error instanceof UsageError || error instanceof ConfigError;
    process.stderr.write(`${error.message}\n${isUsage ? `\n${usage}\n` : ""}`);
    return isUsage ? 2 : 1;
  }
}

function readWish(args: string[]): Wish | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const { service, version } = values;
  for (const [flag, name] of Object.entries({ service, version })) {
    if (!/^[\w.-]+$/.test(name)) throw new UsageError(`--${flag} "${name}" is not a name`);
  }
  const named = values["data-dir"];
  const dataDir = named === undefined ? readDataDir() : readDataDir({ DATA_DIR: named });
  const errorRate = number("error-rate", values["error-rate"]);
  const extraMs = number("extra-ms", values["extra-ms"]);
  const isSet = errorRate !== undefined || extraMs !== undefined;
  if (values.off && isSet) throw new UsageError("--off goes with neither --error-rate nor --extra-ms");
  if (values.off) return { service, version, dataDir, method: "DELETE" };
  if (!isSet) throw new UsageError("say how: --error-rate, --extra-ms, or --off");
  return { service, version, dataDir, method: "PUT", body: JSON.stringify({ errorRate, extraMs }) };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        service: { type: "string", default: "payments" },
        version: { type: "string", default: "v2" },
        "error-rate": { type: "string" },
        "extra-ms": { type: "string" },
        off: { type: "boolean", default: false },
        "data-dir": { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** The bounds are the service's own to check; here it only has to be a number. */
function number(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value))
    throw new UsageError(`--${flag} "${text}" is not a number`);
  return value;
}

function tell({ service, version, dataDir, method, body }: Wish): Promise<string> {
  const registration = readRegistration(dataDir, service, version);
  if (!registration)
    throw new Error(`${service} ${version} is not running: it has no registration in ${dataDir}/run`);
  const { port, pid } = registration;
  const headers = body === undefined ? {} : { "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    // `agent: false` keeps this off any HTTP_PROXY: it speaks to the process itself.
    const options = { agent: false, host: "127.0.0.1", port, path: "/control/faults", method, headers };
    const request = httpRequest({ ...options, timeout: 5_000 }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => {
        if (response.statusCode === 200) resolve(text);
        else if (response.statusCode === 404)
          reject(new Error(`${service} ${version} cannot be told to misbehave`));
        else reject(new Error(`${service} ${version} refused: ${text}`));
      });
    });
    request.on("timeout", () => request.destroy(new Error("no answer within 5 s")));
    request.on("error", (cause) =>
      reject(
        new Error(
          `${service} ${version} (process ${pid}) does not answer on port ${port}: ${cause.message}`,
          { cause },
        ),
      ),
    );
    request.end(body);
  });
}

process.exitCode = await main(process.argv.slice(2));
