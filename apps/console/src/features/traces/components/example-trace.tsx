"use client";

import Link from "next/link";
import { useLink } from "../../frame/index.ts";

/** Leads to a trace that stands for others of its kind. */
export function ExampleTrace({ traceId }: { traceId: string }) {
  const linkTo = useLink();
  return (
    <Link
      href={linkTo(`/traces/${traceId}`)}
      className="font-mono text-accent hover:underline"
      aria-label={`Example: trace ${traceId}`}
    >
      {traceId.slice(0, 7)}
    </Link>
  );
}
