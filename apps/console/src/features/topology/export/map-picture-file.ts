import { xmlText } from "./xml-text.ts";

/** A picture that stands by itself, with its size in pixels at a zoom of 1. */
export interface PictureFile {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const margin = 24;
/** Pixels of a PNG for each of the picture. */
const density = 2;

/** What a style sheet says of shapes and text; the file has no sheet, so each element takes its own along. */
const properties = [
  ...[
    "color",
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-dasharray",
    "stroke-linejoin",
  ],
  ...["opacity", "font-family", "font-size", "font-weight", "text-anchor", "width"],
];

/**
 * The map that is drawn in `svg`, all of it, whatever part of it is in sight.
 *
 * @param moving the group that pan and zoom move.
 */
export function pictureOfMap(svg: SVGSVGElement, moving: SVGGElement): PictureFile {
  const box = moving.getBBox();
  const [width, height] = [Math.ceil(box.width) + 2 * margin, Math.ceil(box.height) + 2 * margin];
  const copy = svg.cloneNode(true) as SVGSVGElement;
  takeStyles(svg, copy);
  for (const control of copy.querySelectorAll("[data-control]")) control.remove();
  for (const element of copy.querySelectorAll("*")) clean(element);
  copy.querySelector("g")?.removeAttribute("transform");
  const [x, y] = [box.x - margin, box.y - margin];
  copy.removeAttribute("class");
  copy.removeAttribute("style");
  for (const [name, value] of Object.entries({
    ...{ xmlns: "http://www.w3.org/2000/svg", width, height },
    viewBox: `${x} ${y} ${width} ${height}`,
  }))
    copy.setAttribute(name, `${value}`);
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ x, y, width, height, fill: pageColor(svg) }))
    ground.setAttribute(name, `${value}`);
  copy.prepend(ground);
  return { svg: xmlText(new XMLSerializer().serializeToString(copy)), width, height };
}

/** @throws Error where the browser cannot draw it. */
export async function pngOf({ svg, width, height }: PictureFile): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * density, height * density];
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large to draw"))));
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

function takeStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  // Of its width a bar has its share; that of anything else is an attribute already.
  const own = properties.filter((name) => name !== "width" || from.tagName === "rect");
  to.setAttribute("style", own.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
  for (let i = 0; i < from.children.length; i++)
    takeStyles(from.children[i] as Element, to.children[i] as Element);
}

function clean(element: Element): void {
  for (const { name } of [...element.attributes])
    if (/^(class|tabindex|role|aria-|data-)/.test(name)) element.removeAttribute(name);
}

function pageColor(element: Element): string {
  return getComputedStyle(element).getPropertyValue("--page").trim() || "white";
}
