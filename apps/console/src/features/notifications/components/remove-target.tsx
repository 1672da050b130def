"use client";

import type { ShownTarget } from "../../../server/notifications/shown-target.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { plural } from "../../../ui/format/numbers.ts";

interface RemoveTargetProps {
  readonly target: ShownTarget;
  onClose(): void;
  onRemove(): void;
}

/** Asks before a target is gone with its secret and with what waits for it. */
export function RemoveTarget({ target: { name, waiting }, onClose, onRemove }: RemoveTargetProps) {
  const lost = waiting > 0 ? `, nor of the ${plural(waiting, "delivery", "deliveries")} that wait` : "";
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${name}?`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" onClick={onRemove}>
            Remove
          </Button>
        </>
      }
    >
      <p>It is told of nothing any more{lost}. To stop for a while, pause it instead.</p>
    </Dialog>
  );
}
