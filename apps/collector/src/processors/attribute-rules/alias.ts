/** What an attribute of an older convention is called today, and what of its value changed. */
export interface Alias {
  readonly name: string;
  /** Name on spans of kind SERVER, where it differs. */
  readonly nameOnServer?: string;
  /** Values that are spelled differently today; all others stay. */
  readonly values?: Readonly<Record<string, string>>;
  /** Numbers that are texts today. */
  readonly asText?: true;
  /** The value holds several of today's attributes; `name` is the first of them. */
  readonly split?: Split;
}

/** An attribute as a name and a value. */
export type AttributePart = readonly [name: string, value: string];

export interface Split {
  /** All names that may come out. */
  readonly names: readonly string[];
  of(value: string): readonly AttributePart[];
}

/**
 * Older names and what they mean. Where several older names of one attribute come together, the one that stands further
 * up in its table counts; the name of today always does.
 */
export type Aliases = Readonly<Record<string, Alias>>;

/** Names that changed, and nothing else. */
export function renamed(names: Readonly<Record<string, string>>): Aliases {
  return Object.fromEntries(Object.entries(names).map(([from, name]) => [from, { name }]));
}
