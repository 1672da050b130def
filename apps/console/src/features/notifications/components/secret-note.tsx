"use client";

import { Button } from "../../../ui/button.tsx";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";

interface SecretNoteProps {
  readonly name: string;
  readonly secret: string;
  onClose(): void;
}

/** The one time that a secret is in sight. */
export function SecretNote({ name, secret, onClose }: SecretNoteProps) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Secret of ${name}`}
      description="Give it to the receiver now: it is not shown again. With it the receiver checks that what arrives comes from here, and is as it was sent."
      actions={
        <Button look="primary" onClick={onClose}>
          I have it
        </Button>
      }
    >
      <p className="flex items-center gap-2 rounded-md bg-sunken px-3 py-2">
        <code className="wrap-anywhere grow font-mono text-sm">{secret}</code>
        <CopyButton text={secret} what="the secret" />
      </p>
    </Dialog>
  );
}
