"use client";

import { windowChoices } from "@weir/domain/browser";
import {
  Bookmark,
  Boxes,
  Clock,
  Keyboard,
  Link2,
  List,
  type LucideIcon,
  Moon,
  Pause,
  Play,
  RotateCw,
} from "lucide-react";
import { usePathname } from "next/navigation";
import { useTheme } from "next-themes";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { raiseNotice } from "../../ui/notice.ts";
import { useLive } from "../live/index.ts";
import { useScope } from "../scope/index.ts";
import { useWindow, windowWords } from "../time/index.ts";
import { useOverlay } from "./overlay.ts";

export interface PaletteAction {
  readonly label: string;
  readonly icon: LucideIcon;
  /** Other words by which it is found. */
  readonly keywords?: readonly string[];
  run(): void;
  /** It changes the address, by itself in the palette's place: another dialog, or another look at the page. */
  readonly takesPlace?: boolean;
}

const mapViews = parseAsStringLiteral(["map", "list"]).withDefault("map");

/** What the palette can do where one stands, besides going elsewhere. */
export function usePaletteActions(): readonly PaletteAction[] {
  const { theme = "system", setTheme } = useTheme();
  const live = useLive();
  const { length, setLength } = useWindow();
  const { scope, setScope } = useScope();
  const { open, close } = useOverlay();
  const instead = (change: () => void) => ({
    takesPlace: true,
    run: () => {
      void close();
      change();
    },
  });
  const onMap = usePathname() === "/";
  const [view, setView] = useQueryState("view", mapViews);
  const paused = live.state === "paused";
  return [
    {
      label: paused ? "Go on" : "Pause",
      icon: paused ? Play : Pause,
      keywords: ["live", "stop", "resume"],
      run: () => live.setPaused(!paused),
    },
    { label: "Refresh", icon: RotateCw, keywords: ["read again", "reload"], run: live.refresh },
    {
      label: "Save this view; saved views",
      icon: Bookmark,
      keywords: ["bookmark", "name"],
      takesPlace: true,
      run: () => open("views"),
    },
    {
      label: "Copy a link to this view",
      icon: Link2,
      keywords: ["share", "url"],
      run: () => void copyLink(),
    },
    ...(onMap
      ? [
          {
            label: view === "map" ? "Show the map as a list" : "Show the list as a map",
            icon: List,
            keywords: ["toggle", "table"],
            ...instead(() => void setView(view === "map" ? "list" : "map")),
          },
        ]
      : []),
    ...(["light", "dark", "system"] as const)
      .filter((one) => one !== theme)
      .map((one) => ({
        label: `Theme: ${one}`,
        icon: Moon,
        keywords: ["appearance", "switch"],
        run: () => setTheme(one),
      })),
    ...windowChoices
      .filter((choice) => choice !== length)
      .map((choice) => ({
        label: `Window: ${windowWords(choice)}`,
        icon: Clock,
        keywords: ["time", choice],
        ...instead(() => void setLength(choice)),
      })),
    ...(scope.length > 0
      ? [
          {
            label: "Look at all namespaces",
            icon: Boxes,
            keywords: ["scope"],
            ...instead(() => setScope([])),
          },
        ]
      : []),
    {
      label: "Keyboard keys",
      icon: Keyboard,
      keywords: ["help", "shortcuts"],
      takesPlace: true,
      run: () => open("keys"),
    },
  ];
}

/** The address without the palette, which stands in it while it is open. */
async function copyLink(): Promise<void> {
  const url = new URL(window.location.href);
  url.searchParams.delete("open");
  try {
    await navigator.clipboard.writeText(url.href);
    raiseNotice("plain", "The link is copied.");
  } catch {
    raiseNotice("plain", "The browser does not let the link be copied; take it from its address bar.");
  }
}
