import { GitCompareArrows } from "lucide-react";
import { Button } from "../../../ui/button.tsx";
import type { PolicyDraft } from "../hooks/use-policy-draft.ts";

/** Somebody saved meanwhile: both texts are there, and nothing was overwritten. */
export function ConflictNote({ draft, onCompare }: { draft: PolicyDraft; onCompare(): void }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-2 rounded-md bg-degraded-soft px-3 py-2 text-sm"
    >
      <GitCompareArrows size={15} aria-hidden className="text-degraded" />
      <p className="grow">
        Somebody changed this policy since your draft was begun from revision {draft.begunFrom.revision}. Both
        are kept.
      </p>
      <Button size="small" onClick={onCompare}>
        Compare mine with theirs
      </Button>
      <Button size="small" onClick={draft.discard}>
        Take theirs
      </Button>
      <Button size="small" onClick={draft.rebase}>
        Go on with mine
      </Button>
    </div>
  );
}
