import { readConfig } from "../config.ts";
import { allChecks } from "./checks.ts";
import { generateClient } from "./generate-client.ts";
import { refuseArguments } from "./refuse-arguments.ts";
import { runChecks } from "./run-checks.ts";

/** `npm run check`: format, lint, types, boundaries, unused code. */
refuseArguments("check");
await generateClient();
const { passed, failed } = await runChecks(allChecks(readConfig().environment), console.log);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
