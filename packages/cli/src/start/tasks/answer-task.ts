import type { TaskAnswer } from "../run-task.ts";

/** Does the work, tells the supervisor how it went, and lets the process end. */
export async function answerTask(work: () => Promise<unknown>): Promise<void> {
  const answer = await work().then(
    (done): TaskAnswer => ({ done: done ?? null }),
    (error: unknown): TaskAnswer => ({ failed: describe(error) }),
  );
  process.send?.(answer, () => process.disconnect?.());
}

function describe(error: unknown) {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "TASK_FAILED";
  if (error instanceof Error) console.error(error.stack);
  return { code, message };
}
