import { formatPath } from "@weir/domain/browser";
import { X } from "lucide-react";
import { Button } from "../../../ui/button.tsx";
import type { Path } from "../view-model/policy-schema.ts";
import { usePolicyForm } from "./policy-form-context.ts";

/** Takes a member or an item away. */
export function PolicyFormRemove({ path, focusAfter }: { path: Path; focusAfter: string }) {
  const { edit } = usePolicyForm();
  return (
    <Button
      look="quiet"
      size="small"
      aria-label={`Remove ${formatPath(path)}`}
      onClick={() => edit([{ does: "remove", path }], focusAfter)}
    >
      <X size={13} aria-hidden />
    </Button>
  );
}
