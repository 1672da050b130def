import { toast } from "sonner";
import { problemOf } from "./problem.ts";

/** Long enough to notice a mistake, short enough to be about the last change; it waits while it is pointed at or focused. */
const offeredMs = 12_000;

/**
 * Says that a change was saved and offers the way back. `undo` writes what was there before, expecting what was saved now, and
 * gives back what to say then; that somebody else changed it meanwhile is said in the server's words.
 */
export function toastWithUndo(saved: string, undo: () => Promise<string>): void {
  toast.success(saved, {
    duration: offeredMs,
    action: {
      label: "Undo",
      onClick: () => {
        undo().then(
          (undone) => toast.success(undone),
          (error: unknown) => toast.error(`Not undone: ${problemOf(error).message}`, { duration: offeredMs }),
        );
      },
    },
  });
}
