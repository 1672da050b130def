const names = [
  "page",
  "surface",
  "sunken",
  "line",
  "line-strong",
  "text",
  "text-muted",
  "text-faint",
  "ok",
  "degraded",
  "failing",
  "no-data",
  "observe",
  "enforce",
  "enforce-soft",
  "hold",
  "series-1",
  "series-2",
  "series-3",
  "series-4",
  "series-5",
  "series-6",
] as const;

type ColorName = (typeof names)[number];

/** The tokens' colours of the present theme, by name, as a canvas takes them. */
export type Palette = Readonly<Record<ColorName, string>>;

export function readPalette(style: CSSStyleDeclaration): Palette {
  const entries = names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()] as const);
  return Object.fromEntries(entries) as Record<ColorName, string>;
}
