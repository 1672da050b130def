import type { Placement } from "@weir/graph";
import { beforeEach, expect, test, vi } from "vitest";
import { node } from "../view-model/testing/sample-map.ts";
import { MapPicture } from "./map-picture.ts";
import type { Answer, Told } from "./scene.ts";

const placement: Placement = {
  ...{ key: "k", direction: "right", edges: new Map(), groups: new Map() },
  nodes: new Map([["a/a", { x: 0, y: 0, width: 100, height: 40 }]]),
};
const scene = { view: { nodes: [node("a/a")], edges: [] }, placement, focus: undefined };
const sight = { k: 1, x: 0, y: 0, width: 800, height: 600 };

/** The page's side of a worker: Node has none that speaks so. */
class Painting {
  readonly told: Told["kind"][] = [];
  ended = false;
  onmessage: ((event: { data: Answer }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  postMessage({ kind }: Told): void {
    this.told.push(kind);
  }
  terminate(): void {
    this.ended = true;
  }
}

let worker: Painting;
let failures: string[];
let picture: MapPicture;

beforeEach(() => {
  vi.stubGlobal("devicePixelRatio", 1);
  worker = new Painting();
  failures = [];
  const canvas = () => ({ style: {}, dataset: {}, getContext: () => null }) as unknown as HTMLCanvasElement;
  picture = new MapPicture(
    worker as unknown as Worker,
    { picture: canvas(), backdrop: canvas() },
    ({ message }) => failures.push(message),
  );
  picture.show(scene);
  picture.look(sight);
  return () => picture.dispose();
});

const picturesAsked = () => worker.told.filter((kind) => kind === "paint").length;

test("one picture is on its way at a time, and what changed meanwhile is in the next", () => {
  picture.show({ ...scene, view: { nodes: [node("a/a", { rps: 2 })], edges: [] } });
  picture.look({ ...sight, k: 2.5 });
  expect(picturesAsked()).toBe(1);
  worker.onmessage?.({ data: { picture: {} as ImageBitmap, tookMs: 1 } });
  expect(picturesAsked()).toBe(2);
  expect(failures).toEqual([]);
});

test.each`
  what                          | happens                                                              | told
  ${"a painting that throws"}   | ${(w: Painting) => w.onmessage?.({ data: { failed: "no memory" } })} | ${"no memory"}
  ${"a worker that throws"}     | ${(w: Painting) => w.onerror?.({ message: "SyntaxError" })}          | ${"SyntaxError"}
  ${"a worker that is no file"} | ${(w: Painting) => w.onerror?.({ message: "" })}                     | ${"What paints it could not be loaded."}
`("$what is told once, and ends the worker", ({ happens, told }) => {
  happens(worker);
  happens(worker);
  expect(failures).toEqual([told]);
  expect(worker.ended).toBe(true);
});
