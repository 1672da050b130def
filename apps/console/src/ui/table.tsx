import type { ComponentProps } from "react";
import { classes } from "./classes.ts";

interface TableProps extends ComponentProps<"table"> {
  /** Said to screen readers; what the rows are. */
  readonly caption: string;
}

/** A table that scrolls inside its own box when it is wider than the page. */
export function Table({ caption, className, children, ...rest }: TableProps) {
  return (
    // Relative, so that what is for screen readers only is cut off with the rest of a wide table.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1)
    <section aria-label={caption} tabIndex={0} className="relative w-full overflow-x-auto">
      <table {...rest} className={classes("w-full border-collapse text-sm", className)}>
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}

interface CellProps {
  /** Numbers stand right, in figures of one width. */
  readonly numeric?: boolean;
}

export function HeadCell({ numeric, className, ...rest }: ComponentProps<"th"> & CellProps) {
  return (
    <th
      scope="col"
      {...rest}
      className={classes(
        "h-8 whitespace-nowrap border-line border-b px-3 font-medium text-faint text-xs first:pl-4 last:pr-4",
        numeric ? "text-right" : "text-left",
        className,
      )}
    />
  );
}

export function Cell({ numeric, className, ...rest }: ComponentProps<"td"> & CellProps) {
  return (
    <td
      {...rest}
      className={classes(
        "h-9 border-line border-b px-3 py-1 first:pl-4 last:pr-4",
        numeric && "text-right font-mono text-[0.8125rem]",
        className,
      )}
    />
  );
}
