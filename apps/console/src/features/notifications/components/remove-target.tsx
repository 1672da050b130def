"use client";

import type { ShownTarget } from "../../../server/notifications/shown-target.ts";
import { ConfirmDialog } from "../../../ui/confirm-dialog.tsx";
import { plural } from "../../../ui/format/numbers.ts";

interface RemoveTargetProps {
  readonly target: ShownTarget;
  onClose(): void;
  onRemove(reason: string | undefined): void;
}

/** Asks before a target is gone with its secret and with what waits for it. */
export function RemoveTarget({ target: { name, waiting }, onClose, onRemove }: RemoveTargetProps) {
  const lost = waiting > 0 ? `, nor of the ${plural(waiting, "delivery", "deliveries")} that wait` : "";
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${name}?`}
      action="Remove"
      look="danger"
      onConfirm={onRemove}
    >
      <p>It is told of nothing any more{lost}. To stop for a while, pause it instead.</p>
    </ConfirmDialog>
  );
}
