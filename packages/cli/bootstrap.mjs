/**
 * The way in for every npm script of this repository: plain JavaScript without a dependency, so that it runs on
 * whatever Node (20 or newer) the machine has, before anything is installed.
 *
 *   node packages/cli/bootstrap.mjs <start|test|check|bench|generate> [arguments]
 *
 * It installs the packages when they are missing or out of date and goes on under the Node that is among them.
 * Only the version is looked at here: everything else is imported afterwards, because an old Node would already
 * stumble over its syntax.
 */
var major = Number(process.versions.node.split(".")[0]);
if (major < 20) {
  console.error(
    "Weir needs Node 20 or newer to start (it brings the newer one it runs on by itself); this is Node " +
      process.versions.node +
      ". Install a current Node from https://nodejs.org and try again.",
  );
  process.exit(1);
}
import("./src/bootstrap/bootstrap.mjs").then((module) => module.bootstrap(process.argv.slice(2)));
