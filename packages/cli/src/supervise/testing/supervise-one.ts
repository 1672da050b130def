import { systemClock } from "../clock.ts";
import { nodeProcess } from "../node-process.ts";
import { Supervisor } from "../supervisor.ts";

/** A supervisor to be killed: `supervise-one.ts LOG_DIR CHILD PORT`; prints the child's process id. */
const [logDir = "", child = "", port = ""] = process.argv.slice(2);
const supervisor = new Supervisor({ logDir, clock: systemClock, report: () => {} });
await supervisor.start("apps", {
  name: "child",
  label: "child",
  launch: nodeProcess({
    args: [child, "--port", port],
    cwd: logDir,
    env: {},
    readyUrl: `http://127.0.0.1:${port}/`,
  }),
  readyWithinMs: 10_000,
  stopWithinMs: 1000,
});
console.log(supervisor.children[0]?.pid);
