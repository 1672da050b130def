/** Next calls this once, before the process serves its first request. */
export async function register(): Promise<void> {
  const { startConsole } = await import("./server/start-console.ts");
  await startConsole();
}
