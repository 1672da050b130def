import { fontsOf } from "./page-fonts.ts";
import { readPalette } from "./palette.ts";
import type { Style } from "./scene.ts";

/** The colours and fonts of the page as it is now. */
export function styleOfPage(): Style {
  const style = getComputedStyle(document.body);
  const [sans, mono] = ["--font-geist-sans", "--font-geist-mono"].map((name) =>
    style.getPropertyValue(name).trim(),
  );
  const families = `${sans},${mono}`.split(",").map((family) => family.trim().replaceAll(/["']/g, ""));
  return {
    palette: readPalette(style),
    fonts: fontsOf(document, families),
    sans: `${sans}, system-ui, sans-serif`,
    mono: `${mono}, ui-monospace, monospace`,
  };
}
