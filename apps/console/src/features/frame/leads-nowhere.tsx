"use client";

import { useQuery } from "@tanstack/react-query";
import { Compass } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTRPC } from "../../client/trpc.ts";
import { buttonClasses } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { nearestPaths } from "./nearest-paths.ts";
import { pages } from "./pages.ts";
import { SuggestionList } from "./suggestion-list.tsx";
import { useLink } from "./use-link.ts";

/** The address leads nowhere: where it was perhaps meant to lead. */
export function LeadsNowhere() {
  const pathname = usePathname();
  const link = useLink();
  const services = useQuery(useTRPC().services.names.queryOptions());
  const nearest = nearestPaths(pathname, pages, services.data ?? []);
  return (
    <>
      <h1 className="sr-only">No such page</h1>
      <EmptyState title="No such page" icon={<Compass size={30} aria-hidden />}>
        <p className="mb-4">
          <code className="break-all font-mono text-text text-xs">{pathname.slice(0, 200)}</code> leads
          nowhere.
        </p>
        <SuggestionList title="Perhaps this was meant" suggestions={nearest} />
        <Link href={link("/")} className={buttonClasses("primary", "normal", "mt-4")}>
          To the map
        </Link>
      </EmptyState>
    </>
  );
}
