/**
 * The `weir` command under Node 26. Each command is imported when it is asked for: a sidecar must not carry the
 * database clients and the command parser that `weir status` needs.
 */
const [command, ...args] = process.argv.slice(2);
if (command === "proxy") {
  const { proxy } = await import("./commands/proxy.ts");
  await proxy(args);
} else {
  const [{ runCommand }, { processOutput }, { readConfig }] = await Promise.all([
    import("./commands/run-command.ts"),
    import("./commands/command-output.ts"),
    import("./config.ts"),
  ]);
  // `weir traces | head`: a reader that has enough ends the command, and is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  process.exitCode = await runCommand(process.argv.slice(2), readConfig(), processOutput());
}
