import type { PreviewVerdict } from "@weir/domain";
import type { EdgeEnd, RequestMoment } from "@weir/store";
import { TalliedVerdict } from "./tallied-verdict.ts";

/** Requests of one caller to one method and path, its ids left out, by how they fared. */
export class TalliedRoute {
  readonly source: RequestMoment["source"];
  readonly name: string;
  readonly #verdicts = new Map<PreviewVerdict, TalliedVerdict>();

  constructor({ namespace, service }: EdgeEnd, name: string) {
    this.source = { namespace, service };
    this.name = name;
  }

  of(verdict: PreviewVerdict): TalliedVerdict {
    let tallied = this.#verdicts.get(verdict);
    if (tallied === undefined) {
      tallied = new TalliedVerdict(verdict);
      this.#verdicts.set(verdict, tallied);
    }
    return tallied;
  }

  get verdicts(): readonly TalliedVerdict[] {
    return [...this.#verdicts.values()];
  }
}
