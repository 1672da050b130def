/**
 * A child for the supervisor's tests: `child.mjs [--port N] [--die CODE] [--say TEXT] [--stubborn] [--ready] [--mark FILE]`.
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
    ready: { type: "boolean" },
    mark: { type: "string" },
  },
});
if (values.say) console.log(values.say);
if (values.die) process.exit(Number(values.die));
if (values.stubborn) process.on("SIGTERM", () => console.log("no"));
const { mark } = values;
if (mark)
  process.on("SIGTERM", () => {
    appendFileSync(mark, `${values.say}\n`);
    process.exit(0);
  });
if (values.port)
  createServer((_, response) => response.end(`${process.pid}`)).listen(Number(values.port), "127.0.0.1");
else setInterval(() => {}, 60_000);
if (values.ready) process.send?.({ ready: "yes" });
