import { raiseNotice } from "../ui/notice.ts";
import { problemOf } from "./problem.ts";

/** Long enough to notice a mistake, short enough to be about the last change; it waits while it is pointed at or focused. */
const offeredMs = 12_000;

/**
 * Says that a change was saved and offers the way back. `undo` writes what was there before, expecting what was saved now, and
 * gives back what to say then; that somebody else changed it meanwhile is said in the server's words.
 */
export function toastWithUndo(saved: string, undo: () => Promise<string>): void {
  raiseNotice("success", saved, {
    durationMs: offeredMs,
    action: {
      label: "Undo",
      act: () => {
        undo().then(
          (undone) => raiseNotice("success", undone),
          (error: unknown) =>
            raiseNotice("error", `Not undone: ${problemOf(error).message}`, { durationMs: offeredMs }),
        );
      },
    },
  });
}
