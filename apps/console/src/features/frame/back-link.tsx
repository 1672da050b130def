"use client";

import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { classes } from "../../ui/classes.ts";
import { useLink } from "./use-link.ts";

interface BackLinkProps {
  /** Path of the page above this one. */
  readonly to: string;
  readonly className?: string;
  /** What that page is called. */
  readonly children: string;
}

/** Before a page's heading: back to the page above it, with the window of time and the namespaces. */
export function BackLink({ to, className, children }: BackLinkProps) {
  const linkTo = useLink();
  return (
    <Link
      href={linkTo(to)}
      className={classes("inline-flex items-center text-muted hover:text-text", className)}
    >
      <ChevronLeft size={16} aria-hidden />
      {children}
    </Link>
  );
}
