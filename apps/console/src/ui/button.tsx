import type { ComponentProps } from "react";
import { classes } from "./classes.ts";

const looks = {
  primary: "border-accent bg-accent text-on-accent hover:brightness-110",
  secondary: "border-line-strong bg-surface text-text hover:bg-hover",
  quiet: "border-transparent bg-transparent text-muted hover:bg-hover hover:text-text",
  danger: "border-failing bg-surface text-failing hover:bg-failing-soft",
  enforce: "border-enforce bg-enforce text-page hover:brightness-110",
} as const;

const sizes = {
  small: "h-7 px-2 text-xs gap-1",
  normal: "h-8 px-3 text-sm gap-1.5",
  icon: "size-8 justify-center",
} as const;

interface ButtonProps extends ComponentProps<"button"> {
  readonly look?: keyof typeof looks;
  readonly size?: keyof typeof sizes;
}

/** A button; one with only an icon needs an `aria-label`. */
export function Button({ look = "secondary", size = "normal", className, ...rest }: ButtonProps) {
  return <button type="button" {...rest} className={buttonClasses(look, size, className)} />;
}

/** The looks of a button, for a link that is one. */
export function buttonClasses(look: keyof typeof looks, size: keyof typeof sizes, more?: string): string {
  return classes(
    "inline-flex shrink-0 items-center rounded-md border font-medium whitespace-nowrap transition-colors",
    "disabled:pointer-events-none disabled:opacity-50",
    looks[look],
    sizes[size],
    more,
  );
}
