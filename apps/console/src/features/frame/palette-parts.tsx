"use client";

import { Command } from "cmdk";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** Items of one kind; not there while none of them means what was typed. */
export function PaletteGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

interface PaletteItemProps {
  readonly icon: LucideIcon;
  readonly children: ReactNode;
  onSelect(): void;
  /** What it is found by; its text unless told. */
  readonly value?: string;
  readonly keywords?: readonly string[] | undefined;
  /** Whatever was typed. */
  readonly isAlwaysShown?: boolean;
}

export function PaletteItem(props: PaletteItemProps) {
  const { icon: Icon, children, onSelect, value, keywords, isAlwaysShown = false } = props;
  return (
    <Command.Item
      onSelect={onSelect}
      forceMount={isAlwaysShown}
      {...(value === undefined ? {} : { value })}
      {...(keywords === undefined ? {} : { keywords: [...keywords] })}
      className="flex h-9 items-center gap-2 rounded-sm px-2 data-[selected=true]:bg-accent-soft"
    >
      <Icon size={15} aria-hidden className="shrink-0 text-faint" />
      <span className="truncate">{children}</span>
    </Command.Item>
  );
}
