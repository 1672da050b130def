"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useTRPC } from "../../client/trpc.ts";
import { useOverlay } from "./overlay.ts";
import { pages } from "./pages.ts";
import { useLink } from "./use-link.ts";

const CommandPalette = dynamic(
  () => import("./command-palette.tsx").then((module) => module.CommandPalette),
  {
    ssr: false,
  },
);
const KeysDialog = dynamic(() => import("./keys-dialog.tsx").then((module) => module.KeysDialog), {
  ssr: false,
});

/** How long a `g` waits for the key that says where to. */
const chordMs = 1_200;

/** The keys that work everywhere, and the dialogs they open; both are loaded when first asked for. */
export function Shortcuts() {
  const { overlay, open, close } = useOverlay();
  const link = useLink();
  const router = useRouter();
  // Kept at hand for the palette: who types at once must not wait for the names.
  useQuery(useTRPC().services.names.queryOptions());
  const goPressedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        open("palette");
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (event.key === "?") open("keys");
      const afterGo = event.timeStamp - goPressedAt.current < chordMs;
      const page = afterGo && pages.find((candidate) => candidate.key === event.key);
      if (page) router.push(link(page.href));
      goPressedAt.current = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [open, router, link]);
  if (overlay === "palette") return <CommandPalette onClose={close} />;
  if (overlay === "keys") return <KeysDialog onClose={close} />;
  return null;
}

/** A key pressed in a field or a dialog belongs to it. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input, textarea, select, [contenteditable], [role=dialog]") !== null
  );
}
