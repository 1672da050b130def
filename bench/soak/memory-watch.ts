/** Memory of the sidecar over the share of requests that were made. */
export class MemoryWatch {
  readonly #samples: { readonly share: number; readonly mb: number }[] = [];

  add(share: number, mb: number): void {
    this.#samples.push({ share, mb });
  }

  /** Medians, so that a moment before or after a garbage collection does not decide; NaN without samples. */
  get warmMb(): number {
    return this.#median(0.1, 0.2);
  }

  get endMb(): number {
    return this.#median(0.9, 1);
  }

  #median(from: number, to: number): number {
    const found = this.#samples.filter(({ share }) => share >= from && share <= to).map(({ mb }) => mb);
    return found.sort((a, b) => a - b)[Math.floor(found.length / 2)] ?? Number.NaN;
  }
}
