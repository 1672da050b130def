import { jsonText } from "../json-text.ts";

/** Patterns for ILIKE by which a text is found. */
export interface TextPatterns {
  /** In a text as it is. */
  readonly plain: string;
  /** In JSON, where some characters are escaped. Meets names of members too, so it tells only what cannot match. */
  readonly json: string;
}

/** A text anywhere in another, in upper or lower case (of other than English letters, as the database's locale has it). */
export function textPatterns(text: string): TextPatterns {
  return { plain: anywhere(text), json: anywhere(jsonText(text).slice(1, -1)) };
}

function anywhere(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
