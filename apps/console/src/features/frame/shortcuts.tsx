"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useTRPC } from "../../client/trpc.ts";
import { useLive } from "../live/index.ts";
import { frameActionOf } from "./key-list.ts";
import { useOverlay } from "./overlay.ts";
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

const ViewsDialog = dynamic(() => import("../views/index.ts").then((module) => module.ViewsDialog), {
  ssr: false,
});

/** How long a `g` waits for the key that says where to. */
const chordMs = 1_200;

/** The keys that work everywhere, and the dialogs they open; both are loaded when first asked for. */
export function Shortcuts() {
  const { overlay, open, close } = useOverlay();
  const link = useLink();
  const { state, setPaused, refresh } = useLive();
  const router = useRouter();
  // Kept at hand for the palette: who types at once must not wait for the names.
  useQuery(useTRPC().services.names.queryOptions());
  const goPressedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const afterGo = event.timeStamp - goPressedAt.current < chordMs;
      const typing = isTyping(event.target);
      goPressedAt.current = event.key === "g" && !typing ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const action = frameActionOf(event, afterGo, typing);
      if (action === undefined) return;
      event.preventDefault();
      if (action.type === "go") router.push(link(action.href));
      else if (action.type === "pause") setPaused(state !== "paused");
      else if (action.type === "refresh") refresh();
      else open(action.type);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [open, router, link, state, setPaused, refresh]);
  if (overlay === "palette") return <CommandPalette onClose={close} />;
  if (overlay === "keys") return <KeysDialog onClose={close} />;
  if (overlay === "views") return <ViewsDialog onClose={close} />;
  return null;
}

/** A key pressed in a field or a dialog belongs to it. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input, textarea, select, [contenteditable], [role=dialog]") !== null
  );
}
