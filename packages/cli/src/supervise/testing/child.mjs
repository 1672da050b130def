/**
 * A child for the supervisor's tests: serves its process id on a port, unless told otherwise.
 * With --mark it adds its text to the file when it is asked to stop.
 */
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    die: { type: "string" },
    say: { type: "string" },
    stubborn: { type: "boolean" },
    mark: { type: "string" },
  },
});
const { port, die, say, stubborn, mark } = values;
if (say) console.log(say);
if (die) process.exit(Number(die));
if (stubborn) process.on("SIGTERM", () => console.log("no"));
if (mark)
  process.on("SIGTERM", () => {
    appendFileSync(mark, `${say}\n`);
    process.exit(0);
  });
if (port) createServer((_, response) => response.end(`${process.pid}`)).listen(Number(port), "127.0.0.1");
else setInterval(() => {}, 60_000);
