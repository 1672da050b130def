import { pathTemplate } from "../store.ts";

/** Routes that are told apart: anybody may ask for any path. */
const mostRoutes = 2_000;
/** Paths whose template is remembered. */
const mostPaths = 50_000;

/** Method and path without ids, such as `GET /charges/{id}`; the same path is looked at once. */
export class RouteNames {
  /** By method and path: one key of both would be a new text for each question. */
  readonly #byMethod = new Map<string, Map<string, string>>();
  readonly #routes = new Set<string>();
  #paths = 0;

  of(method: string, path: string): string {
    let byPath = this.#byMethod.get(method);
    if (byPath === undefined) {
      byPath = new Map();
      this.#byMethod.set(method, byPath);
    }
    const known = byPath.get(path);
    if (known !== undefined) return known;
    const name = this.#nameOf(`${method} ${pathTemplate(path)}`);
    if (this.#paths++ < mostPaths) byPath.set(path, name);
    return name;
  }

  #nameOf(route: string): string {
    if (this.#routes.has(route)) return route;
    if (this.#routes.size >= mostRoutes) return "other routes";
    this.#routes.add(route);
    return route;
  }
}
