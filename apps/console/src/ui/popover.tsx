"use client";

import * as Radix from "radix-ui/popover";
import type { ReactNode } from "react";
import { Tooltip } from "./tooltip.tsx";

interface PopoverProps {
  readonly open: boolean;
  onOpenChange(open: boolean): void;
  /** What the popover is, for a screen reader. */
  readonly label: string;
  /** The button that opens it; takes a ref. */
  readonly trigger: ReactNode;
  /** More about the button, on hover and on focus, while the popover is closed. */
  readonly tip?: ReactNode;
  readonly children: ReactNode;
  readonly align?: "start" | "center" | "end";
}

/** A panel at its button: Escape and a click elsewhere close it, focus goes in and back. */
export function Popover(props: PopoverProps) {
  const { open, onOpenChange, label, trigger, tip, children, align = "start" } = props;
  const button = <Radix.Trigger asChild>{trigger}</Radix.Trigger>;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {tip === undefined ? button : <Tooltip text={tip}>{button}</Tooltip>}
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-1rem)] overflow-y-auto rounded-md border border-line bg-surface shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
