"use client";

import { useQuery } from "@tanstack/react-query";
import { serviceIdText, servicePath } from "@weir/domain/browser";
import { Command } from "cmdk";
import { Bookmark, ChartGantt, CircleDot, History, Rows3, Split } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { browserStore } from "../../client/browser-store.ts";
import { useTRPC } from "../../client/trpc.ts";
import { bestServices } from "./best-services.ts";
import { innerPages } from "./inner-pages.ts";
import { pages } from "./pages.ts";
import { PaletteGroup, PaletteItem } from "./palette-parts.tsx";
import { keepRecent, readRecent } from "./recent-items.ts";
import { canaryPath } from "./service-path.ts";
import type { NamedService } from "./similar-services.ts";
import { traceIdIn } from "./trace-id-in.ts";
import { useLink } from "./use-link.ts";
import { usePaletteActions } from "./use-palette-actions.ts";

/** Goes anywhere (pages, services, canaries, a trace whose id is pasted), and does what the top bar does. */
export function CommandPalette({ onClose }: { onClose(): Promise<unknown> }) {
  const router = useRouter();
  const link = useLink();
  const services = useQuery(useTRPC().services.names.queryOptions());
  const saved = useQuery(useTRPC().views.list.queryOptions());
  const actions = usePaletteActions();
  const [search, setSearch] = useState("");
  const [recent] = useState(() => readRecent(browserStore));
  // In the place of the palette's own entry in the history, so that Back leads to where it was opened.
  const goTo = async (href: string) => {
    await onClose();
    router.replace(href);
  };
  const go = (href: string, label: string) => {
    keepRecent(browserStore, { href, label });
    void goTo(link(href));
  };
  const goToTrace = (id: string) => go(`/traces/${id}`, `Trace ${id.slice(0, 8)}…`);
  const named = bestServices(services.data ?? [], search);
  const traceId = traceIdIn(search);
  return (
    <Command.Dialog
      // Names that come after the typing would be neither sorted nor selected: begin anew with what was typed.
      key={services.isSuccess ? "with services" : "pages alone"}
      open
      onOpenChange={(open) => !open && void onClose()}
      label="Go to a page or service"
      overlayClassName="fixed inset-0 z-40 bg-shade"
      contentClassName="fixed top-[12vh] left-1/2 z-50 w-[min(34rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-md border border-line bg-surface shadow-float"
    >
      <Command.Input
        value={search}
        onValueChange={setSearch}
        onKeyDown={(event) => {
          // What was pasted is meant, whatever else is called nearly so.
          if (event.key !== "Enter" || traceId === undefined) return;
          event.preventDefault();
          goToTrace(traceId);
        }}
        placeholder="Page, service, trace id or action"
        className="h-12 w-full border-line border-b bg-surface px-4 outline-none placeholder:text-faint"
      />
      <Command.List className="max-h-80 overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-6 text-center text-muted">
          {services.isPending ? "Reading…" : "Nothing of that name."}
        </Command.Empty>
        {traceId && (
          <PaletteGroup heading="Trace">
            <PaletteItem
              icon={ChartGantt}
              value={`trace ${traceId}`}
              isAlwaysShown
              onSelect={() => goToTrace(traceId)}
            >
              Trace <code className="font-mono text-xs">{traceId}</code>
            </PaletteItem>
          </PaletteGroup>
        )}
        {recent.length > 0 && search === "" && (
          <PaletteGroup heading="Recent">
            {recent.map(({ href, label }) => (
              <PaletteItem
                key={href}
                icon={History}
                value={`recent ${href}`}
                onSelect={() => go(href, label)}
              >
                {label}
              </PaletteItem>
            ))}
          </PaletteGroup>
        )}
        <PaletteGroup heading="Pages">
          {[...pages, ...innerPages].map((page) => (
            <PaletteItem key={page.href} icon={page.icon} onSelect={() => go(page.href, page.label)}>
              {page.label}
            </PaletteItem>
          ))}
        </PaletteGroup>
        {named.length > 0 && <ServiceGroups services={named} go={go} />}
        {saved.data !== undefined && saved.data.length > 0 && (
          <PaletteGroup heading="Saved views">
            {saved.data.map(({ id, name, href }) => (
              // As it was saved: with its own window and namespaces.
              <PaletteItem
                key={id}
                icon={Bookmark}
                value={`view ${name} ${id}`}
                onSelect={() => void goTo(href)}
              >
                {name}
              </PaletteItem>
            ))}
          </PaletteGroup>
        )}
        <PaletteGroup heading="Actions">
          {actions.map(({ label, icon, keywords, run, takesPlace }) => (
            <PaletteItem
              key={label}
              icon={icon}
              keywords={keywords}
              onSelect={() => {
                if (!takesPlace) void onClose();
                run();
              }}
            >
              {label}
            </PaletteItem>
          ))}
        </PaletteGroup>
      </Command.List>
    </Command.Dialog>
  );
}

interface ServiceGroupsProps {
  readonly services: readonly NamedService[];
  go(href: string, label: string): void;
}

/** Each service on the map, its page, and its canary. */
function ServiceGroups({ services, go }: ServiceGroupsProps) {
  return (
    <>
      <PaletteGroup heading="Services on the map">
        {services.map(({ namespace, name }) => (
          <PaletteItem
            key={`${namespace}/${name}`}
            icon={CircleDot}
            onSelect={() =>
              go(
                `/?node=${encodeURIComponent(serviceIdText({ namespace, service: name }))}`,
                `${name} on the map`,
              )
            }
          >
            {name} <span className="text-faint">{namespace}</span>
          </PaletteItem>
        ))}
      </PaletteGroup>
      <PaletteGroup heading="Pages of services">
        {services.map(({ namespace, name }) => (
          <PaletteItem
            key={`${namespace}/${name}`}
            icon={Rows3}
            onSelect={() => go(servicePath({ namespace, name }), `Page of ${name}`)}
          >
            Page of {name} <span className="text-faint">{namespace}</span>
          </PaletteItem>
        ))}
      </PaletteGroup>
      <PaletteGroup heading="Canaries">
        {services.map(({ namespace, name }) => (
          <PaletteItem
            key={`${namespace}/${name}`}
            icon={Split}
            onSelect={() => go(canaryPath({ namespace, name }), `Canary of ${name}`)}
          >
            Canary of {name} <span className="text-faint">{namespace}</span>
          </PaletteItem>
        ))}
      </PaletteGroup>
    </>
  );
}
