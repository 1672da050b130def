/** What is no character of XML 1.0 (section 2.2), escaped or not: most control characters, and halves of a pair. */
const noCharacters = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text that an XML file may hold. Names come from telemetry, and one such character would make the file none. */
export function xmlText(text: string): string {
  return text.replace(noCharacters, "\u{fffd}");
}

/** Any text as what an element holds, or an attribute between double quotes. */
export function xmlEscaped(text: string): string {
  return xmlText(text).replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
