"use client";

import Link from "next/link";
import type { SpanLink } from "../../../server/traces/span-view.ts";
import { useLink } from "../../frame/index.ts";
import { attributeFacts, FactTable } from "./span-facts.tsx";
import { Part } from "./span-part.tsx";

/** Spans that this one names as related, each a way to it. */
export function SpanLinks({ traceId, links }: { traceId: string; links: readonly SpanLink[] }) {
  const withWindow = useLink();
  return (
    <Part title="Links" empty={links.length === 0}>
      <ul className="flex flex-col gap-2 text-xs">
        {links.map((link, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: links may be alike and never move
          <li key={index} className="rounded-md border border-line p-2">
            <Link
              href={withWindow(
                `/traces/${encodeURIComponent(link.traceId)}?span=${encodeURIComponent(link.spanId)}`,
              )}
              className="break-all font-mono text-accent hover:underline"
            >
              {link.traceId === traceId ? "this trace" : link.traceId.slice(0, 16)} · {link.spanId}
            </Link>
            {Object.keys(link.attributes).length > 0 && (
              <FactTable verbatim label="Link" facts={attributeFacts(link.attributes)} />
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}
