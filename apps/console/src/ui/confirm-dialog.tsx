"use client";

import { type ReactNode, useId, useState } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

interface ConfirmDialogProps {
  readonly open: boolean;
  onOpenChange(open: boolean): void;
  readonly title: string;
  readonly description?: ReactNode;
  /** What will change, said before it is asked for. */
  readonly children: ReactNode;
  /** What the button does, in its own words: "Enforce for payments". */
  readonly action: string;
  readonly look?: "primary" | "danger" | "enforce";
  readonly busy?: boolean;
  /** Refuses the action while what will change is not known yet. */
  readonly blocked?: boolean;
  /** `reason` is undefined when none was given. */
  onConfirm(reason: string | undefined): void;
}

/** Asks before something changes, with room for a reason that goes into the audit. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const [reason, setReason] = useState("");
  const id = useId();
  const confirm = () => props.onConfirm(reason.trim() || undefined);
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={props.title}
      description={props.description}
      actions={
        <>
          <Button onClick={() => props.onOpenChange(false)}>Cancel</Button>
          <Button look={props.look ?? "primary"} disabled={props.busy || props.blocked} onClick={confirm}>
            {props.busy ? "Working…" : props.action}
          </Button>
        </>
      }
    >
      {props.children}
      <label htmlFor={id} className="mt-5 block font-medium text-muted text-xs">
        Reason (optional, kept in the audit)
      </label>
      <input
        id={id}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.target.value)}
        className="mt-1 h-8 w-full rounded-md border border-line-strong bg-surface px-2"
      />
    </Dialog>
  );
}
