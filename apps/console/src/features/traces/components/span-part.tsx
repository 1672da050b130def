import type { ReactNode } from "react";

/** A titled part of the drawer; nothing where it has nothing to say. */
export function Part({ title, empty, children }: { title: string; empty: boolean; children: ReactNode }) {
  if (empty) return null;
  return (
    <section className="mt-5">
      <h3 className="mb-1 font-semibold text-xs">{title}</h3>
      {children}
    </section>
  );
}
