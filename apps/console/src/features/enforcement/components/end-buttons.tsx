"use client";

import type { ModeSwitch } from "@weir/domain";
import { Check, Undo2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { useEndEnforcement } from "../hooks/use-end-enforcement.ts";
import { namedSwitch } from "../view-model/switch-words.ts";

interface EndButtonsProps {
  readonly id: number;
  readonly at: ModeSwitch;
  readonly modeBefore: "observe" | "enforce" | null;
}

/** Both ways to end a watch before its time. */
export function EndButtons({ id, at, modeBefore }: EndButtonsProps) {
  const [asked, setAsked] = useState<"takeBack" | "keep">();
  const end = useEndEnforcement(() => setAsked(undefined));
  const given = (reason: string | undefined) => ({ id, ...(reason !== undefined && { reason }) });
  const close = (open: boolean) => open || setAsked(undefined);
  return (
    <>
      <Button onClick={() => setAsked("keep")}>
        <Check size={15} aria-hidden /> Keep, stop watching
      </Button>
      <Button look="danger" onClick={() => setAsked("takeBack")}>
        <Undo2 size={15} aria-hidden /> Take back now
      </Button>
      <ConfirmDialog
        open={asked === "takeBack"}
        onOpenChange={close}
        title={`Take back: ${namedSwitch(at)}?`}
        action="Take back now"
        look="danger"
        busy={end.takeBack.isPending}
        onConfirm={(reason) => end.takeBack.mutate(given(reason))}
      >
        It {modeBefore === null ? "inherits its mode again" : `goes back to ${modeBefore}`}, unless somebody
        has changed it since. Sidecars follow within a second.
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === "keep"}
        onOpenChange={close}
        title="Keep it, and stop watching?"
        action="Keep it"
        look="enforce"
        busy={end.keep.isPending}
        onConfirm={(reason) => end.keep.mutate(given(reason))}
      >
        It stays enforced, and the guard goes. Nobody takes it back by himself any more.
      </ConfirmDialog>
    </>
  );
}
