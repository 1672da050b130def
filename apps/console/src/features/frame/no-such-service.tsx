"use client";

import { useQuery } from "@tanstack/react-query";
import { servicePart } from "@weir/domain/browser";
import { SearchX } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "../../client/trpc.ts";
import { buttonClasses } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { similarServices } from "./similar-services.ts";
import { SuggestionList } from "./suggestion-list.tsx";
import { useLink } from "./use-link.ts";

interface NoSuchServiceProps {
  readonly namespace: string;
  readonly name: string;
  /** The pages, by service, that one of was asked for: suggestions lead to the same kind. */
  readonly under: "/services" | "/canaries";
}

/** No service of that name is known: those that are called nearly so, and where to see all. */
export function NoSuchService({ namespace, name, under }: NoSuchServiceProps) {
  const link = useLink();
  const services = useQuery(useTRPC().services.names.queryOptions());
  const similar = similarServices({ namespace, name }, services.data ?? []);
  return (
    <>
      <h1 className="sr-only">
        No service {name} in {namespace}
      </h1>
      <EmptyState title="No such service" icon={<SearchX size={30} aria-hidden />}>
        <p className="mb-4">
          No service <code className="break-all font-mono text-text text-xs">{name}</code> is known in the
          namespace <code className="break-all font-mono text-text text-xs">{namespace}</code>: no sidecar has
          registered for it. It may have another name, or not have started yet.
        </p>
        <SuggestionList
          title="Services with a similar name"
          suggestions={similar.map((service) => ({
            href: `${under}/${servicePart(service)}`,
            label: `${service.namespace}/${service.name}`,
          }))}
        />
        <span className="mt-4 flex justify-center gap-2">
          <Link href={link("/services")} className={buttonClasses("primary", "normal")}>
            All services
          </Link>
          <Link href={link("/")} className={buttonClasses("secondary", "normal")}>
            To the map
          </Link>
        </span>
      </EmptyState>
    </>
  );
}
