/** A font of the page as a worker can load it: workers share neither the document's fonts nor its style sheets. */
export interface FontSource {
  readonly family: string;
  /** As in CSS, with absolute addresses. */
  readonly source: string;
  readonly weight: string;
}

/** The fonts that the page's own style sheets bring along, of these families. */
export function fontsOf(document: Document, families: readonly string[]): FontSource[] {
  return [...document.styleSheets].flatMap(rulesOf).flatMap((rule) => {
    if (!(rule instanceof CSSFontFaceRule)) return [];
    const family = rule.style.getPropertyValue("font-family").replaceAll(/["']/g, "");
    const source = rule.style.getPropertyValue("src");
    // A face without an address stands for a font of the system, which a worker has as well.
    if (!families.includes(family) || !source.includes("url(")) return [];
    const base = rule.parentStyleSheet?.href ?? document.baseURI;
    return [
      { family, source: absolute(source, base), weight: rule.style.getPropertyValue("font-weight") || "400" },
    ];
  });
}

function rulesOf(sheet: CSSStyleSheet): CSSRule[] {
  try {
    return [...sheet.cssRules];
  } catch {
    return []; // of another origin: not to be read
  }
}

function absolute(source: string, base: string): string {
  return source.replaceAll(
    /url\(["']?([^"')]+)["']?\)/g,
    (_all, url: string) => `url("${new URL(url, base)}")`,
  );
}
