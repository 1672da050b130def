/** Next calls this once in each of its runtimes, before the first request; the console has Node's alone. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startConsole } = await import("./server/start-console.ts");
  await startConsole();
}
