import { readServiceId } from "@weir/domain/browser";

/** Namespaces that are looked at; none: all of them. The empty one is of services that stand in none. */
export type Scope = readonly string[];

/** Stands in an address for no namespace: an empty piece of a list would be lost. */
const none = "-";

/** As it stands in an address, `a,b`; undefined for all. */
export function scopeText(scope: Scope): string | undefined {
  const pieces = [...new Set(scope)].sort().map((name) => (name === "" ? none : encodeURIComponent(name)));
  return pieces.length === 0 ? undefined : pieces.join(",");
}

/** Reads what {@link scopeText} wrote; what a person typed may hold blanks and empty pieces. */
export function readScope(text: string): Scope {
  const pieces = text.split(",").map((piece) => piece.trim());
  const names = pieces.filter((piece) => piece !== "").map((piece) => (piece === none ? "" : decoded(piece)));
  return [...new Set(names)].sort();
}

/** Is the service of this id, `namespace/name`, looked at? */
export function inScope(id: string, scope: Scope): boolean {
  return scope.length === 0 || scope.includes(readServiceId(id)?.namespace ?? "");
}

/** A link that takes the scope along. */
export function withScope(href: string, scope: Scope): string {
  const text = scopeText(scope);
  return text === undefined ? href : `${href}${href.includes("?") ? "&" : "?"}ns=${text}`;
}

/** The scope in a few words: "shop", "shop, bank", "3 namespaces". */
export function scopeWords(scope: Scope): string {
  if (scope.length === 0) return "All namespaces";
  if (scope.length > 2) return `${scope.length} namespaces`;
  return scope.map(namespaceWords).join(", ");
}

/** A namespace as it is shown. */
export function namespaceWords(name: string): string {
  return name === "" ? "no namespace" : name;
}

function decoded(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}
