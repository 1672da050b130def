"use client";

import { useTheme } from "next-themes";
import { Toaster } from "sonner";

/** Where notices appear; raise one with `toast` of sonner, or `toastWithUndo` for what was changed. Alt+T leads here. */
export function Toasts() {
  const { resolvedTheme } = useTheme();
  return (
    <Toaster
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-center"
      toastOptions={{
        style: {
          fontFamily: "inherit",
          background: "var(--surface)",
          color: "var(--text)",
          borderColor: "var(--line)",
          boxShadow: "var(--float)",
        },
        actionButtonStyle: {
          height: "1.75rem",
          borderRadius: "var(--radius)",
          background: "var(--accent)",
          color: "var(--on-accent)",
        },
      }}
    />
  );
}
