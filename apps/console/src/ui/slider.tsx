"use client";

import * as Radix from "radix-ui/slider";

interface SliderProps {
  readonly value: number;
  onChange(value: number): void;
  /** When a drag or a key press ends. */
  onCommit?(value: number): void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly disabled?: boolean;
  /** Names the slider, such as "Weight of v2". */
  readonly label: string;
  /** What a screen reader says instead of the bare number, such as "v1 70 %, v2 30 %". */
  readonly valueText?: string;
}

/** A value set by mouse, touch, arrow keys, Page Up / Down, Home and End. */
export function Slider(props: SliderProps) {
  const {
    value,
    onChange,
    onCommit,
    min = 0,
    max = 100,
    step = 1,
    disabled = false,
    label,
    valueText,
  } = props;
  return (
    <Radix.Root
      className="relative flex h-8 w-full touch-none select-none items-center data-disabled:opacity-50"
      value={[value]}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
    >
      <Radix.Track className="relative h-1.5 grow rounded-full bg-line-strong">
        <Radix.Range className="absolute h-full rounded-full bg-accent" />
      </Radix.Track>
      <Radix.Thumb
        aria-label={label}
        {...(valueText === undefined ? {} : { "aria-valuetext": valueText })}
        className="block size-5 rounded-full border-2 border-accent bg-surface hover:bg-accent-soft"
      />
    </Radix.Root>
  );
}
