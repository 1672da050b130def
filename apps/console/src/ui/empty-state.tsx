import type { ReactNode } from "react";

interface EmptyStateProps {
  readonly title: string;
  /** Why there is nothing, and what to do about it. */
  readonly children?: ReactNode;
  readonly icon?: ReactNode;
}

/** Nothing to show, and what that means. */
export function EmptyState({ title, children, icon }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-lg flex-col items-center gap-2 px-6 py-14 text-center">
      {icon !== undefined && <div className="text-faint">{icon}</div>}
      <h2 className="font-semibold text-base">{title}</h2>
      {children !== undefined && <div className="text-muted">{children}</div>}
    </div>
  );
}
