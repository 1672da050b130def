import { expect, test } from "vitest";
import { SvgPaper } from "./svg-paper.ts";

const paper = () => new SvgPaper((text) => 7 * text.length);

/** A rounded box is a way of lines and arcs, with no corner rounder than it has room for. */
test.each`
  radius | box             | way
  ${2}   | ${[0, 0, 9, 6]} | ${"M2,0L7,0A2,2,0,0,1,9,2L9,4A2,2,0,0,1,7,6L2,6A2,2,0,0,1,0,4L0,2A2,2,0,0,1,2,0Z"}
  ${5}   | ${[0, 0, 9, 6]} | ${"M3,0L6,0A3,3,0,0,1,9,3A3,3,0,0,1,6,6L3,6A3,3,0,0,1,0,3A3,3,0,0,1,3,0Z"}
  ${0}   | ${[1, 1, 2, 2]} | ${"M1,1L3,1L3,3L1,3L1,1Z"}
`("a box of $box with corners of $radius", ({ radius, box: [x, y, width, height], way }) => {
  const on = paper();
  on.beginPath();
  on.roundRect(x, y, width, height, radius);
  on.fill();
  expect(on.elements).toEqual([`<path d="${way}" fill="#000"/>`]);
});

test("a line takes its looks along, and what goes without saying is left out", () => {
  const on = paper();
  on.beginPath();
  on.moveTo(0, 0);
  on.bezierCurveTo(1, 2, 3, 4, 5.129, 6);
  on.strokeStyle = "red";
  on.lineWidth = 1.75;
  on.setLineDash([14, 5]);
  on.globalAlpha = 0.6;
  on.stroke();
  on.setLineDash([]);
  on.globalAlpha = 1;
  on.lineWidth = 1;
  on.stroke();
  const way = 'd="M0,0C1,2,3,4,5.13,6"';
  expect(on.elements).toEqual([
    `<path ${way} fill="none" stroke="red" stroke-width="1.75" stroke-dasharray="14 5" opacity="0.6"/>`,
    `<path ${way} fill="none" stroke="red"/>`,
  ]);
});

test("a text stays a text, whatever is in it, and its font's names may have quotes", () => {
  const on = paper();
  on.font = `600 12.5px "Geist", 'Geist Fallback', sans-serif`;
  on.textAlign = "right";
  on.fillText('</text><script>"a" & b\u0000', 1, 2.345);
  expect(on.measureText("four").width).toBe(28);
  expect(on.elements).toEqual([
    '<text x="1" y="2.35" font-weight="600" font-size="12.5"' +
      " font-family=\"&quot;Geist&quot;, 'Geist Fallback', sans-serif\"" +
      ' text-anchor="end" fill="#000">&lt;/text&gt;&lt;script&gt;&quot;a&quot; &amp; b\u{fffd}</text>',
  ]);
});
