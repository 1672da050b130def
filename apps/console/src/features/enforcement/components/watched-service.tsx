"use client";

import { useQuery } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "../../../client/trpc.ts";
import { useLink } from "../../frame/use-link.ts";
import { enforcementPath } from "../view-model/enforce-path.ts";
import { namedSwitch } from "../view-model/switch-words.ts";

/** ms. A guard that keeps what was enforced, or gives up, changes nothing that the page is told of. */
const askEveryMs = 5_000;

/** What guards watch of what was enforced about a service's requests. */
export function WatchedService({ namespace, name }: { namespace: string; name: string }) {
  const linkTo = useLink();
  const watched = useQuery(
    useTRPC().enforcement.ofService.queryOptions({ namespace, name }, { refetchInterval: askEveryMs }),
  );
  return (watched.data ?? []).map(({ id, at, reason }) => (
    <p
      key={id}
      className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md border border-line bg-surface px-4 py-2.5"
    >
      <Eye size={15} aria-hidden className="shrink-0 text-enforce" />
      <Link href={linkTo(enforcementPath(id))} className="font-medium text-accent hover:underline">
        Enforcement {id} of {namedSwitch(at)}
      </Link>
      <span>watched by the guard</span>
      {reason && <span className="wrap-anywhere text-muted text-xs">{reason}</span>}
    </p>
  ));
}
