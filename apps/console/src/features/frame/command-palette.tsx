"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { CircleDot, Split } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useTRPC } from "../../client/trpc.ts";
import { pages } from "./pages.ts";
import { useLink } from "./use-link.ts";

/** Goes anywhere: pages, services on the map, canaries. */
export function CommandPalette({ onClose }: { onClose(): void }) {
  const router = useRouter();
  const link = useLink();
  const services = useQuery(useTRPC().services.names.queryOptions());
  const [search, setSearch] = useState("");
  // The address gone to does not say that the palette is open, so it closes by itself.
  const go = (href: string) => router.push(link(href));
  return (
    <Command.Dialog
      // Names that come after the typing would be neither sorted nor selected: begin anew with what was typed.
      key={services.isSuccess ? "with services" : "pages alone"}
      open
      onOpenChange={(open) => !open && onClose()}
      label="Go to a page or service"
      overlayClassName="fixed inset-0 z-40 bg-shade"
      contentClassName="fixed top-[12vh] left-1/2 z-50 w-[min(34rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-md border border-line bg-surface shadow-float"
    >
      <Command.Input
        value={search}
        onValueChange={setSearch}
        placeholder="Go to a page or service…"
        className="h-12 w-full border-line border-b bg-surface px-4 outline-none placeholder:text-faint"
      />
      <Command.List className="max-h-80 overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-6 text-center text-muted">
          {services.isPending ? "Reading…" : "Nothing of that name."}
        </Command.Empty>
        <Group heading="Pages">
          {pages.map((page) => (
            <Item key={page.href} onSelect={() => go(page.href)}>
              <page.icon size={15} aria-hidden className="text-faint" />
              {page.label}
            </Item>
          ))}
        </Group>
        <Group heading="Services">
          {(services.data ?? []).map(({ namespace, name }) => (
            <Item key={`${namespace}/${name}`} onSelect={() => go(`/?node=${namespace}/${name}`)}>
              <CircleDot size={15} aria-hidden className="text-faint" />
              {name} <span className="text-faint">{namespace}</span>
            </Item>
          ))}
        </Group>
        <Group heading="Canaries">
          {(services.data ?? []).map(({ namespace, name }) => (
            <Item key={`${namespace}/${name}`} onSelect={() => go(`/canaries/${namespace}/${name}`)}>
              <Split size={15} aria-hidden className="text-faint" />
              Canary of {name} <span className="text-faint">{namespace}</span>
            </Item>
          ))}
        </Group>
      </Command.List>
    </Command.Dialog>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

function Item({ children, onSelect }: { children: ReactNode; onSelect(): void }) {
  return (
    <Command.Item
      onSelect={onSelect}
      className="flex h-9 items-center gap-2 rounded-sm px-2 data-[selected=true]:bg-accent-soft"
    >
      {children}
    </Command.Item>
  );
}
