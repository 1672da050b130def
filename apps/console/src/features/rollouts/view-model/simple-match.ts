import type { RouteMatch } from "@weir/domain";

/** A match that a line of fields can show. */
export type SimpleMatch =
  | { readonly kind: "header"; readonly name: string; readonly exact: string }
  | { readonly kind: "path"; readonly prefix: string };

/** Undefined for a match that says more than one header or one path. */
export function simpleMatch({ path, method, headers = [], query = [] }: RouteMatch): SimpleMatch | undefined {
  const [header] = headers;
  if (method !== undefined || query.length > 0) return undefined;
  if (path !== undefined)
    return headers.length === 0 && "prefix" in path ? { kind: "path", prefix: path.prefix } : undefined;
  return headers.length === 1 && header !== undefined && "exact" in header
    ? { kind: "header", name: header.name, exact: header.exact }
    : undefined;
}
