import { useTheme } from "next-themes";
import { useEffect, useRef } from "react";
import { Toaster as Sonner, toast } from "sonner";
import type { Notice } from "./notice.ts";

/** Shows each notice once, also those that were raised while this was loaded. Alt+T leads here. */
export function Toaster({ notices }: { notices: readonly Notice[] }) {
  const { resolvedTheme } = useTheme();
  const shown = useRef(0);
  // After the effects of what it draws: by then Sonner listens.
  useEffect(() => {
    for (const notice of notices.slice(shown.current)) show(notice);
    shown.current = notices.length;
  }, [notices]);
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-center"
      style={{ fontFamily: "inherit" }}
      toastOptions={{
        style: {
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

function show({ kind, text, durationMs, action }: Notice): void {
  const raise = { plain: toast, success: toast.success, error: toast.error }[kind];
  raise(text, {
    ...(durationMs !== undefined && { duration: durationMs }),
    ...(action && { action: { label: action.label, onClick: () => action.act() } }),
  });
}
