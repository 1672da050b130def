/**
 * Loaded into every child before its own code (`node --import`): a child ends when the supervisor that started it
 * is gone, however that happened. Programs that see to it themselves are left to it for as long as a deadline.
 */
const deadlineMs = 10_000;

if (process.channel) {
  process.once("disconnect", () => {
    if (process.listenerCount("disconnect") === 0) process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.kill(process.pid, "SIGKILL"), deadlineMs).unref();
  });
  // Listening alone must not keep a program alive that has nothing else to do.
  process.channel.unref();
}
