/** Hues of the series, in the order in which services first appear; after six they begin again. */
const hues = 6;

export function hueOf(services: readonly { readonly name: string }[], name: string): string {
  const index = services.findIndex((service) => service.name === name);
  return `var(--series-${(Math.max(0, index) % hues) + 1})`;
}

/** A service's colour; its name always stands beside. */
export function ServiceMark({ hue }: { hue: string }) {
  return <span aria-hidden className="size-2 shrink-0 rounded-sm" style={{ background: hue }} />;
}
