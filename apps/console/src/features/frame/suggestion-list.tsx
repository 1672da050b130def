"use client";

import Link from "next/link";
import type { Suggestion } from "./nearest-paths.ts";
import { useLink } from "./use-link.ts";

interface SuggestionListProps {
  readonly title: string;
  readonly suggestions: readonly Suggestion[];
}

/** Links to what was perhaps meant; nothing where there is nothing to suggest. */
export function SuggestionList({ title, suggestions }: SuggestionListProps) {
  const link = useLink();
  if (suggestions.length === 0) return null;
  return (
    <nav
      aria-label={title}
      className="mx-auto w-80 max-w-full rounded-md border border-line bg-surface text-left"
    >
      <p className="border-line border-b px-3 py-1.5 text-faint text-xs">{title}</p>
      <ul className="p-1">
        {suggestions.map(({ href, label }) => (
          <li key={href}>
            <Link
              href={link(href)}
              className="flex flex-wrap items-baseline justify-between gap-x-6 rounded-sm px-2 py-1.5 hover:bg-hover"
            >
              <span className="break-all text-accent">{label}</span>
              <code className="break-all font-mono text-faint text-xs">{href}</code>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
