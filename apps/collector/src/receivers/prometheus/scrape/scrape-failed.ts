/** A target could not be scraped; one sentence. */
export class ScrapeFailed extends Error {
  readonly code = "SCRAPE_FAILED";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ScrapeFailed";
  }
}
