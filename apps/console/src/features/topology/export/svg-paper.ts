import { type Path, pathRound } from "d3-path";
import type { Paper } from "../drawing/paint/brush.ts";
import { xmlEscaped } from "./xml-text.ts";

/** Digits of a length after the point. */
const digits = 2;

const anchors: Readonly<Record<CanvasTextAlign, string>> = {
  ...{ left: "start", start: "start", center: "middle" },
  ...{ right: "end", end: "end" },
};

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Keeps what is painted on it as elements of an SVG, in their order. */
export class SvgPaper implements Paper {
  fillStyle = "#000";
  strokeStyle = "#000";
  globalAlpha = 1;
  lineWidth = 1;
  lineJoin: CanvasLineJoin = "miter";
  textAlign: CanvasTextAlign = "start";
  /** `<weight> <size>px <families>`. */
  font = "";
  #dashes: readonly number[] = [];
  #way: Path = pathRound(digits);
  readonly #elements: string[] = [];
  readonly #widthOf: (text: string, font: string) => number;

  /** @param widthOf how wide a text is in a font. */
  constructor(widthOf: (text: string, font: string) => number) {
    this.#widthOf = widthOf;
  }

  get elements(): readonly string[] {
    return this.#elements;
  }

  setLineDash(dashes: Iterable<number>): void {
    this.#dashes = [...dashes];
  }

  measureText(text: string) {
    return { width: this.#widthOf(text, this.font) };
  }

  beginPath(): void {
    this.#way = pathRound(digits);
  }

  closePath(): void {
    this.#way.closePath();
  }

  moveTo(x: number, y: number): void {
    this.#way.moveTo(x, y);
  }

  lineTo(x: number, y: number): void {
    this.#way.lineTo(x, y);
  }

  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    this.#way.bezierCurveTo(ax, ay, bx, by, x, y);
  }

  quadraticCurveTo(ax: number, ay: number, x: number, y: number): void {
    this.#way.quadraticCurveTo(ax, ay, x, y);
  }

  arc(x: number, y: number, radius: number, from: number, to: number): void {
    this.#way.arc(x, y, radius, from, to);
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#way.rect(x, y, width, height);
  }

  /** One radius for all corners, no more than the box has room for. */
  roundRect(x: number, y: number, width: number, height: number, radius: unknown = 0): void {
    const round = Math.min(Number(radius), width / 2, height / 2);
    const [right, bottom] = [x + width, y + height];
    this.#way.moveTo(x + round, y);
    this.#way.arcTo(right, y, right, bottom, round);
    this.#way.arcTo(right, bottom, x, bottom, round);
    this.#way.arcTo(x, bottom, x, y, round);
    this.#way.arcTo(x, y, right, y, round);
    this.#way.closePath();
  }

  fill(): void {
    this.#add("path", { d: `${this.#way}`, ...this.#filled() });
  }

  stroke(): void {
    this.#add("path", { d: `${this.#way}`, ...this.#stroked() });
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#add("rect", { x, y, width, height, ...this.#filled() });
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.#add("rect", { x, y, width, height, ...this.#stroked() });
  }

  fillText(text: string, x: number, y: number): void {
    this.#add("text", { x, y, ...this.#lettered(), ...this.#filled() }, text);
  }

  strokeText(text: string, x: number, y: number): void {
    this.#add("text", { x, y, ...this.#lettered(), ...this.#stroked() }, text);
  }

  #filled(): Attributes {
    return { fill: this.fillStyle, opacity: unless(1, this.globalAlpha) };
  }

  #stroked(): Attributes {
    return {
      fill: "none",
      stroke: this.strokeStyle,
      "stroke-width": unless(1, this.lineWidth),
      "stroke-dasharray": unless("", this.#dashes.join(" ")),
      "stroke-linejoin": unless("miter", this.lineJoin),
      opacity: unless(1, this.globalAlpha),
    };
  }

  #lettered(): Attributes {
    const [, weight, size, families] = /^(\d+) ([\d.]+)px (.+)$/s.exec(this.font) ?? [];
    return {
      "font-weight": unless("400", weight),
      "font-size": size,
      "font-family": families,
      "text-anchor": unless("start", anchors[this.textAlign]),
    };
  }

  #add(name: string, attributes: Attributes, text?: string): void {
    const said = Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined ? [] : [` ${key}="${xmlEscaped(shortened(value))}"`],
    );
    const end = text === undefined ? "/>" : `>${xmlEscaped(text)}</${name}>`;
    this.#elements.push(`<${name}${said.join("")}${end}`);
  }
}

/** A value that goes without saying is left out. */
function unless<T>(usual: T, value: T): T | undefined {
  return value === usual ? undefined : value;
}

function shortened(value: string | number): string {
  return typeof value === "string" ? value : String(Number(value.toFixed(digits)));
}
