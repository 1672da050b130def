"use client";

import { useQuery } from "@tanstack/react-query";
import type { ModeSwitch } from "@weir/domain";
import { Eye } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "../../../client/trpc.ts";
import { useLink } from "../../frame/use-link.ts";
import { enforcementPath } from "../view-model/enforce-path.ts";

/** ms. A guard that keeps what was enforced, or gives up, changes nothing that the page is told of. */
const askEveryMs = 5_000;

/** That a guard watches what was enforced, and the way to what it sees. */
export function WatchedNote({ at }: { at: ModeSwitch }) {
  const linkTo = useLink();
  const watching = useQuery(
    useTRPC().enforcement.list.queryOptions({ at, watching: true }, { refetchInterval: askEveryMs }),
  );
  const [found] = watching.data?.enforcements ?? [];
  if (found === undefined) return null;
  return (
    <Link
      href={linkTo(enforcementPath(found.id))}
      className="inline-flex items-center gap-1 text-accent text-xs hover:underline"
    >
      <Eye size={13} aria-hidden /> watched by the guard
    </Link>
  );
}
