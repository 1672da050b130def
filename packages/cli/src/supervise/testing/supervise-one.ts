import { systemClock } from "../clock.ts";
import { Supervisor } from "../supervisor.ts";

/** A supervisor to be killed: `supervise-one.ts LOG_DIR CHILD`; prints the child's process id. */
const [logDir = "", child = ""] = process.argv.slice(2);
const supervisor = new Supervisor({ logDir, clock: systemClock, report: () => {} });
await supervisor.start("apps", {
  name: "child",
  label: "child",
  args: [child, "--ready"],
  cwd: logDir,
  env: {},
  readiness: { kind: "message" },
  readyWithinMs: 10_000,
  stopWithinMs: 1000,
});
console.log(supervisor.children[0]?.pid);
