"use client";

import type { ModeSwitch } from "@weir/domain";
import { ShieldCheck } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { useLink } from "../../frame/index.ts";
import { enforcementPath } from "../view-model/enforce-path.ts";
import { namedSwitch } from "../view-model/switch-words.ts";

interface AlreadyEnforcedProps {
  readonly at: ModeSwitch;
  readonly watching: number | undefined;
}

export function AlreadyEnforced({ at, watching }: AlreadyEnforcedProps) {
  const linkTo = useLink();
  return (
    <EmptyState title={`Enforced already: ${namedSwitch(at)}`} icon={<ShieldCheck size={28} aria-hidden />}>
      {watching === undefined ? (
        "There is nothing to switch, and no guard watches it."
      ) : (
        <Link href={linkTo(enforcementPath(watching))} className="text-accent hover:underline">
          See what the guard sees
        </Link>
      )}
    </EmptyState>
  );
}
