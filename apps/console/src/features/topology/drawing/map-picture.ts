import { type Box, boundsOf, type Placement } from "@weir/graph";
import type { MapNode, MapView } from "../../../server/topology/topology-view.ts";
import { isCovered, placeInView, type Sight } from "./frame.ts";
import { type LayerName, nextFrame, type Shown } from "./next-frame.ts";
import {
  nodeChanges,
  packDimmed,
  packEdges,
  packGeometry,
  placedNodes,
  type Slots,
  slotsOf,
} from "./pack-scene.ts";
import type { Answer, Painted, Style, Told } from "./scene.ts";

/** So long after the last movement the map counts as still. */
const stillAfterMs = 140;
/** More device pixels to one of CSS nobody sees, and every picture would take longer. */
const sharpest = 2;

export interface MapScene {
  readonly view: MapView;
  readonly placement: Placement;
  readonly focus: ReadonlySet<string> | undefined;
}

interface Layer {
  readonly canvas: HTMLCanvasElement;
  readonly context: ImageBitmapRenderingContext | null;
}

/**
 * The map as pictures that a worker paints and the page only moves: `look` costs a style each. One picture is on its
 * way at a time; what changes meanwhile is in the next. Where the worker cannot be had or fails, that is told once, and
 * there are no more pictures.
 */
export class MapPicture {
  readonly #worker: Worker;
  readonly #layers: Readonly<Record<LayerName, Layer>>;
  readonly #shown: Record<LayerName, Shown | undefined> = { picture: undefined, backdrop: undefined };
  #scene: MapScene | undefined;
  #slots: Slots = { nodes: new Map(), edges: new Map() };
  #nodes: readonly (MapNode | undefined)[] = [];
  #bounds: Box | undefined;
  #sight: Sight | undefined;
  #revision = 0;
  #movedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The picture that is on its way. */
  #awaited: { readonly layer: LayerName; readonly shown: Shown } | undefined;

  constructor(
    worker: Worker,
    canvases: Readonly<Record<LayerName, HTMLCanvasElement>>,
    onFailure: (problem: Error) => void,
  ) {
    this.#worker = worker;
    const fail = (message: string) => {
      this.dispose();
      onFailure(new Error(message));
    };
    worker.onerror = ({ message }) => fail(message || "What paints it could not be loaded.");
    worker.onmessage = ({ data }: MessageEvent<Answer>) =>
      "failed" in data ? fail(data.failed) : this.#take(data);
    const layer = (canvas: HTMLCanvasElement) => ({ canvas, context: canvas.getContext("bitmaprenderer") });
    this.#layers = { picture: layer(canvases.picture), backdrop: layer(canvases.backdrop) };
  }

  /** New numbers, another placement, or other things in focus (ids; undefined: all). Only what changed goes to the worker. */
  show({ view, placement, focus }: MapScene): void {
    const before = this.#scene;
    const isMoved = placement !== before?.placement;
    if (isMoved) {
      this.#slots = slotsOf(placement);
      this.#bounds = boundsOf(placement);
    }
    const { nodes: had, edges: hadEdges } = before?.view ?? {};
    if (isMoved || view.nodes !== had || view.edges !== hadEdges) {
      const nodes = placedNodes(view, this.#slots);
      const changes = nodeChanges(isMoved ? [] : this.#nodes, nodes);
      const edges = packEdges(view, this.#slots);
      this.#nodes = nodes;
      this.#tell(
        isMoved
          ? { kind: "geometry", geometry: packGeometry(placement), nodes: changes, edges }
          : { kind: "numbers", nodes: changes, edges },
      );
    }
    if (focus !== before?.focus || (isMoved && focus))
      this.#tell({ kind: "dimmed", dimmed: packDimmed(focus, this.#slots) });
    this.#scene = { view, placement, focus };
    this.#plan();
  }

  dress(style: Style): void {
    this.#tell({ kind: "style", style });
    this.#plan();
  }

  /** The view moved, or has another size. */
  look(sight: Sight): void {
    this.#sight = sight;
    this.#movedAt = performance.now();
    this.#place();
    this.#plan();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#worker.onmessage = null;
    this.#worker.onerror = null;
    this.#worker.terminate();
  }

  #tell(told: Told): void {
    this.#revision++;
    this.#worker.postMessage(told);
  }

  /** Brings the pictures that there are to where they belong. */
  #place(): void {
    const [sight, bounds] = [this.#sight, this.#bounds];
    if (!sight || !bounds) return;
    for (const name of ["picture", "backdrop"] as const) {
      const shown = this.#shown[name];
      if (shown) this.#layers[name].canvas.style.transform = placeInView(sight, shown.frame);
    }
    const picture = this.#shown.picture;
    const isNeeded = this.#shown.backdrop && !(picture && isCovered(sight, bounds, picture.frame));
    this.#layers.backdrop.canvas.style.visibility = isNeeded ? "visible" : "hidden";
  }

  #plan(): void {
    const [sight, bounds] = [this.#sight, this.#bounds];
    if (!sight || !bounds || this.#awaited || sight.width === 0) return;
    const leftMs = this.#movedAt + stillAfterMs - performance.now();
    const [still, revision] = [leftMs <= 0, this.#revision];
    if (!still) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#plan(), leftMs + 1);
    }
    const next = nextFrame({ sight, bounds, revision, still, layers: this.#shown });
    if (!next) return;
    this.#awaited = { layer: next.layer, shown: { frame: next.frame, revision } };
    const paint: Told = {
      kind: "paint",
      frame: next.frame,
      pixelRatio: Math.min(devicePixelRatio, sharpest),
    };
    this.#worker.postMessage(paint);
  }

  #take(painted: Painted): void {
    const awaited = this.#awaited;
    this.#awaited = undefined;
    if (awaited) this.#hang(awaited.layer, awaited.shown, painted);
    this.#plan();
  }

  #hang(name: LayerName, shown: Shown, { picture, tookMs }: Painted): void {
    const { canvas, context } = this.#layers[name];
    const { box, scale } = shown.frame;
    canvas.style.width = `${box.width * scale}px`;
    canvas.style.height = `${box.height * scale}px`;
    context?.transferFromImageBitmap(picture);
    canvas.dataset.painted = `${shown.revision}`;
    this.#shown[name] = shown;
    this.#place();
    performance.measure(`map-${name}`, { start: performance.now() - tookMs });
  }
}
