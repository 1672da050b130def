import type { PreviewVerdict } from "@weir/domain";
import type { RequestShape } from "@weir/store";
import type { TalliedRoute } from "./tallied-route.ts";
import type { TalliedVerdict } from "./tallied-verdict.ts";

/** Counts the requests of one shape where those of its route are counted. */
export class ShapeTally {
  readonly #route: TalliedRoute;
  readonly #path: string;
  /** Requests of one shape mostly fare alike, one after the other. */
  #last: TalliedVerdict | undefined;

  constructor(route: TalliedRoute, path: string) {
    this.#route = route;
    this.#path = path;
  }

  add(verdict: PreviewVerdict, atMs: number): void {
    if (this.#last?.verdict !== verdict) this.#last = this.#route.of(verdict);
    this.#last.add(this.#path, atMs);
  }

  /** All requests of the shape; `fromMs` is what its times count from. */
  addAlike(verdict: PreviewVerdict, shape: Pick<RequestShape, "requests" | "atMs">, fromMs: number): void {
    const tallied = this.#route.of(verdict);
    // Of those that go as they went nobody wants examples, and their times stay packed.
    if (verdict.effect === "unchanged") tallied.requests += shape.requests;
    else tallied.addAll(this.#path, shape.atMs, fromMs);
  }
}
