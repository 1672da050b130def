import type { ReactNode } from "react";
import { classes } from "./classes.ts";

interface PanelProps {
  readonly title?: ReactNode;
  /** At the right end of the title's line. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  /** Without room around the content: for tables and charts that reach the border. */
  readonly flush?: boolean;
}

/** A titled box on the page. */
export function Panel({ title, aside, children, className, flush }: PanelProps) {
  return (
    <section className={classes("min-w-0 rounded-md border border-line bg-surface", className)}>
      {title !== undefined && (
        <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-1.5">
          <h2 className="grow font-semibold text-sm">{title}</h2>
          {aside}
        </header>
      )}
      <div className={flush ? endOfTable : "p-4"}>{children}</div>
    </section>
  );
}

/** Where a table ends with the box, the box draws the last line. */
const endOfTable = "[&>section:last-child>table>:last-child>tr:last-child>*]:border-b-0";
