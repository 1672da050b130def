import { parseArgs } from "node:util";
import { portProblem } from "./well-known-ports.mjs";

/** A command line that cannot be carried out; exit code 2. */
export class UsageError extends Error {
  code = "USAGE";
  exitCode = 2;

  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "UsageError";
  }
}

/** Flag, value, what it does: the help text and the parser are both made of this. */
const flags = /** @type {const} */ ([
  ["no-demo", "", "start without the demo shop"],
  ["no-open", "", "do not open the console in a browser"],
  ["port", "PORT", "the console's port (3000); all other well-known ports move by the same distance"],
  ["data-dir", "DIR", "where data, settings and logs are kept (.weir)"],
  ["database-url", "URL", "use this Postgres (15 or newer) in place of the embedded one"],
  ["help", "", "show this help"],
]);

/**
 * @typedef {object} StartFlags
 * @property {boolean} help
 * @property {boolean} demo
 * @property {boolean} open
 * @property {number | undefined} port
 * @property {string | undefined} dataDir as typed
 * @property {string | undefined} databaseUrl
 */

/**
 * Reads the flags of `npm start`. Throws {@link UsageError} with one sentence that names the flag.
 *
 * @param {string[]} args
 * @returns {StartFlags}
 */
export function parseStartFlags(args) {
  /** @type {Record<string, { type: "string" | "boolean" }>} */
  const options = Object.fromEntries(
    flags.map(([name, value]) => [name, { type: value ? "string" : "boolean" }]),
  );
  const { values, tokens } = parseArgs({
    args,
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  for (const token of tokens) {
    if (token.kind === "positional") throw new UsageError(`unexpected argument "${token.value}"; ${seeHelp}`);
    if (token.kind !== "option") continue;
    const option = options[token.name];
    if (!option) throw new UsageError(`unknown flag ${token.rawName}; ${seeHelp}`);
    if (option.type === "boolean" && token.value !== undefined)
      throw new UsageError(`${token.rawName} takes no value`);
    if (option.type === "string" && (!token.value || (!token.inlineValue && token.value.startsWith("--"))))
      throw new UsageError(`${token.rawName} needs a value`);
  }
  return {
    help: values.help === true,
    demo: values["no-demo"] !== true,
    open: values["no-open"] !== true,
    port: portOf(values.port),
    dataDir: text(values["data-dir"]),
    databaseUrl: urlOf(values["database-url"]),
  };
}

const seeHelp = "npm start -- --help lists the flags";

export function startUsage() {
  const lines = flags.map(([name, value, about]) => {
    const left = `  --${name}${value ? ` ${value}` : ""}`;
    return `${left.padEnd(22)} ${about}`;
  });
  return [
    "Starts Weir with its demo shop, and stops all of it at Ctrl-C.",
    "",
    "  npm start -- [flags]",
    "",
    ...lines,
  ].join("\n");
}

/** @param {unknown} value */
function text(value) {
  return typeof value === "string" ? value : undefined;
}

/** @param {unknown} value */
function portOf(value) {
  if (typeof value !== "string") return undefined;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  const problem = portProblem(port);
  if (problem) throw new UsageError(`--port ${value}: ${problem}`);
  return port;
}

/** @param {unknown} value */
function urlOf(value) {
  if (typeof value !== "string") return undefined;
  if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value) || !new URL(value).hostname)
    throw new UsageError("--database-url must look like postgres://user:password@host:5432/database");
  return value;
}
