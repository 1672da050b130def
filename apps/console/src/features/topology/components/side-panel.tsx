import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../../ui/button.tsx";

interface SidePanelProps {
  /** Names the panel, such as "payments" or "checkout to payments". */
  readonly title: string;
  readonly heading: ReactNode;
  onClose(): void;
  readonly children: ReactNode;
}

/** Beside the map, or a sheet below it where the window is narrow: it takes room and never covers what was clicked. */
export function SidePanel({ title, heading, onClose, children }: SidePanelProps) {
  return (
    <aside
      aria-label={title}
      className="flex max-h-[58%] shrink-0 flex-col border-line border-t bg-surface md:max-h-none md:w-(--panel) md:border-t-0 md:border-l"
    >
      <header className="flex items-start gap-2 border-line border-b px-4 py-2.5">
        <div className="min-w-0 grow">{heading}</div>
        <Button look="quiet" size="icon" aria-label="Close panel" className="-mr-2" onClick={onClose}>
          <X size={16} aria-hidden />
        </Button>
      </header>
      <div className="min-h-0 grow overflow-y-auto">{children}</div>
    </aside>
  );
}

/** A titled part of the panel. */
export function PanelPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-line border-b px-4 py-3 last:border-b-0">
      <h3 className="mb-2 font-medium text-faint text-xs">{title}</h3>
      {children}
    </section>
  );
}
