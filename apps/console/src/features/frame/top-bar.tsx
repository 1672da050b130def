"use client";

import { Bookmark, Keyboard, Search } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";
import { MeshModeBadge } from "../modes/index.ts";
import { ScopeControl } from "../scope/index.ts";
import { LiveControl } from "./live-control.tsx";
import { useOverlay } from "./overlay.ts";
import { ThemeControl } from "./theme-control.tsx";
import { WindowControl } from "./window-control.tsx";

/** Namespaces, time, freshness, search, and as the one strong sign the mode of the mesh. */
export function TopBar() {
  const { open } = useOverlay();
  return (
    <header className="flex min-h-(--bar) shrink-0 items-center gap-1.5 border-line border-b bg-surface px-2 md:gap-2 md:px-3">
      <ScopeControl />
      <WindowControl />
      <LiveControl />
      <div className="grow" />
      <Button
        look="quiet"
        aria-label="Go to a page or service"
        className="px-2 md:border-line md:pr-1.5"
        onClick={() => open("palette")}
      >
        <Search size={16} aria-hidden />
        <span className="hidden md:flex md:items-center md:gap-6">
          Go to <Kbd>⌘K</Kbd>
        </span>
      </Button>
      <span className="hidden md:block">
        <Tooltip text="Saved views">
          <Button look="quiet" size="icon" aria-label="Saved views" onClick={() => open("views")}>
            <Bookmark size={16} aria-hidden />
          </Button>
        </Tooltip>
      </span>
      <span className="hidden md:block">
        <Tooltip text="Keys (?)">
          <Button look="quiet" size="icon" aria-label="Keyboard keys" onClick={() => open("keys")}>
            <Keyboard size={16} aria-hidden />
          </Button>
        </Tooltip>
      </span>
      <ThemeControl />
      <MeshModeBadge />
    </header>
  );
}
