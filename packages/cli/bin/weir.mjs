#!/usr/bin/env node
/**
 * The `weir` command. Weir runs on the Node that is among its packages; whatever Node this was started with only
 * has to find it.
 */
const major = Number(process.versions.node.split(".")[0]);
if (major >= 26) await import("../src/weir.ts");
else {
  const [{ spawn }, { once }, { constants }, { existsSync }, { fileURLToPath }] = await Promise.all([
    import("node:child_process"),
    import("node:events"),
    import("node:os"),
    import("node:fs"),
    import("node:url"),
  ]);
  const node = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));
  if (!existsSync(node)) {
    console.error(
      `weir: its packages are not installed yet; run "npm ci" or "npm start" in its repository first`,
    );
    process.exit(1);
  }
  const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const child = spawn(node, args, { stdio: "inherit" });
  // A terminal sends it to both, and the command decides when it ends; anybody else sends it to this process alone.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGTERM"));
  process.on("SIGHUP", () => child.kill("SIGHUP"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  await once(child, "exit");
  const { exitCode, signalCode } = child;
  process.exitCode = signalCode ? 128 + constants.signals[signalCode] : (exitCode ?? 1);
}
