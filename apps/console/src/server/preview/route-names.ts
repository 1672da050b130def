import { pathTemplate } from "../store.ts";

/** Routes that are told apart: anybody may ask for any path. */
const mostRoutes = 2_000;
/** Paths whose template is remembered. */
const mostPaths = 50_000;

/** Method and path without ids, such as `GET /charges/{id}`; the same path is looked at once. */
export class RouteNames {
  readonly #byPath = new Map<string, string>();
  readonly #routes = new Set<string>();

  of(method: string, path: string): string {
    const asked = `${method} ${path}`;
    const known = this.#byPath.get(asked);
    if (known !== undefined) return known;
    const name = this.#nameOf(`${method} ${pathTemplate(path)}`);
    if (this.#byPath.size < mostPaths) this.#byPath.set(asked, name);
    return name;
  }

  #nameOf(route: string): string {
    if (this.#routes.has(route)) return route;
    if (this.#routes.size >= mostRoutes) return "other routes";
    this.#routes.add(route);
    return route;
  }
}
