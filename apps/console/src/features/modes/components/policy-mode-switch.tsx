"use client";

import { Eye, ShieldCheck } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { PolicyHead } from "../../../server/policies/policy-schemas.ts";
import { Button, buttonClasses } from "../../../ui/button.tsx";
import { WatchedNote } from "../../enforcement/components/watched-note.tsx";
import { enforcePath } from "../../enforcement/view-model/enforce-path.ts";
import { useLink } from "../../frame/use-link.ts";
import { ModeChangeDialog } from "./mode-change-dialog.tsx";

/** The way of one policy to enforce, which is guided, and back to observe. */
export function PolicyModeSwitch({ head: { namespace, name, inForce, ownMode } }: { head: PolicyHead }) {
  const linkTo = useLink();
  const [asks, setAsks] = useState(false);
  const at = { scope: "policy", namespace, name } as const;
  const acts = inForce.mode === "enforce" || ownMode === "enforce";
  if (!acts)
    return (
      <Link href={linkTo(enforcePath(at))} className={buttonClasses("secondary", "small")}>
        <ShieldCheck size={13} aria-hidden /> Enforce…
      </Link>
    );
  return (
    <>
      <Button size="small" onClick={() => setAsks(true)}>
        <Eye size={13} aria-hidden /> Back to observe
      </Button>
      <WatchedNote at={at} />
      {asks && <ModeChangeDialog change={{ ...at, mode: "observe" }} onClose={() => setAsks(false)} />}
    </>
  );
}
