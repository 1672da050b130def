import type { ReactNode } from "react";

/** The room of the opened span: beside the waterfall, below it on a narrow page; never over what was clicked. */
export function DrawerFrame({ children }: { children?: ReactNode }) {
  return (
    <aside
      aria-label="Span details"
      className="flex min-h-0 shrink-0 flex-col border-line bg-surface max-lg:h-[46%] max-lg:border-t lg:w-(--panel) lg:border-l"
    >
      {children}
    </aside>
  );
}
