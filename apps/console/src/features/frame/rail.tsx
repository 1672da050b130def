"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ComponentProps, useState } from "react";
import { classes } from "../../ui/classes.ts";
import { isCurrent, pages } from "./pages.ts";
import { useLink } from "./use-link.ts";
import { WeirMark } from "./weir-mark.tsx";

/** The pages: down the left side, or along the bottom where the window is narrow. */
export function Rail() {
  const pathname = usePathname();
  const link = useLink();
  return (
    <nav
      aria-label="Pages"
      className="order-last flex shrink-0 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] md:order-first md:w-(--rail) md:flex-col md:border-t-0 md:border-r md:pb-0"
    >
      <div className="hidden h-(--bar) items-center justify-center border-line border-b text-accent md:flex">
        <WeirMark />
      </div>
      {pages.map((page) => (
        <LinkAhead
          key={page.href}
          href={link(page.href)}
          aria-current={isCurrent(page, pathname) ? "page" : undefined}
          className={classes(
            "flex h-13 grow flex-col items-center justify-center gap-0.5 border-transparent text-[0.625rem] text-muted hover:bg-hover hover:text-text md:h-14 md:text-[0.6875rem] md:grow-0 md:border-l-2",
            "aria-[current=page]:border-accent aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent",
          )}
        >
          <page.icon size={18} aria-hidden />
          {page.label}
        </LinkAhead>
      ))}
    </nav>
  );
}

/** Asks for its page when a pointer or the focus comes to it: all at once would hold up the page that is being opened. */
function LinkAhead(props: ComponentProps<typeof Link>) {
  const [near, setNear] = useState(false);
  const approach = () => setNear(true);
  return <Link {...props} prefetch={near ? "auto" : false} onPointerEnter={approach} onFocus={approach} />;
}
