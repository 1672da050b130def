import { readConfig } from "../config.ts";
import { StartError, saysDiskFull } from "../supervise/start-error.ts";
import { checkPorts } from "./check-ports.ts";
import { claimDataDir } from "./data-dir.ts";
import { parseStartFlags, startUsage, UsageError } from "./flags.mjs";
import { openBrowser } from "./open-browser.ts";
import { removeRunState } from "./run-state.ts";
import { type StartSettings, startSettings } from "./start-settings.ts";
import { runStartSteps } from "./start-steps.ts";
import { createStopOrders } from "./stop-orders.ts";
import { wantedPorts } from "./wanted-ports.ts";
import { WholeStart } from "./whole-start.ts";

process.exitCode = await main(process.argv.slice(2));
// Listeners of the terminal and of the leash would keep an idle process alive.
process.exit();

/** `npm start`, from the flags to the last process stopped; answers the exit code. */
async function main(args: string[]): Promise<number> {
  try {
    const flags = parseStartFlags(args);
    if (flags.help) {
      console.log(startUsage());
      return 0;
    }
    return await run(startSettings(flags, readConfig()));
  } catch (error) {
    if (error instanceof UsageError || error instanceof StartError) console.error(`weir: ${error.message}`);
    else console.error(error);
    return error instanceof UsageError ? error.exitCode : 1;
  }
}

async function run(settings: StartSettings): Promise<number> {
  const lock = claimDataDir(settings.dataDir);
  const orders = createStopOrders(process);
  try {
    // A start that was killed leaves processes that are just about to end.
    const patienceMs = lock.tookOver ? 20_000 : 0;
    await checkPorts(wantedPorts(settings, lock.tookOver), patienceMs);
    const start = new WholeStart(settings, (line) => console.log(`${timeOfDay()} ${line}`));
    orders.second.then(() => {
      console.log("Hurrying: what has not stopped yet is ended now.");
      start.supervisor.hurry();
    });
    const steps = runStartSteps(start, settings, !isWideTerminal(process.stdout));
    const stopped = await Promise.race([steps.then(() => false), orders.first.then(() => true)]);
    if (!stopped) await whileRunning(start, settings, orders.first);
    console.log("Stopping …");
    await start.stop();
    await Promise.allSettled([steps]); // what it was about to start has been refused
    console.log("Everything has stopped.");
    return 0;
  } catch (error) {
    throw explained(error, settings);
  } finally {
    removeRunState(settings.dataDir);
    lock.release();
  }
}

async function whileRunning(
  start: WholeStart,
  settings: StartSettings,
  stopped: Promise<string>,
): Promise<void> {
  start.saveState();
  const { ports, demo } = settings;
  const consoleUrl = `http://127.0.0.1:${ports.console}`;
  const lines = [
    `Console         ${consoleUrl}`,
    ...(demo ? [`Demo shop       http://127.0.0.1:${ports.shop}`] : []),
    `OTLP endpoint   http://127.0.0.1:${ports.otlpHttp}`,
    `Data and logs   ${settings.dataDir.path}`,
  ];
  console.log(`\nWeir is running; this start took ${Math.round(process.uptime())} s.\n`);
  for (const line of lines) console.log(`  ${line}`);
  console.log("\nCtrl-C stops everything.");
  if (settings.open && process.stdout.isTTY) openBrowser(consoleUrl);
  await stopped;
}

/** A full disk shows as many different errors; people need one sentence. */
function explained(error: unknown, { dataDir }: StartSettings): unknown {
  if (error instanceof StartError || !(error instanceof Error)) return error;
  if (saysDiskFull(error.message))
    return new StartError("DISK_FULL", `the disk that holds ${dataDir.path} is full`, { cause: error });
  return error;
}

/** Moving lines need room; a terminal that does not know its width has none. */
function isWideTerminal(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && stream.columns >= 40;
}

function timeOfDay(): string {
  return new Date().toTimeString().slice(0, 8);
}
