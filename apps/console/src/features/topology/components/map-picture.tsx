import { useEffect, useRef } from "react";
import type { Sight } from "../drawing/frame.ts";
import type { MapScene } from "../drawing/map-picture.ts";
import { usePicture } from "../hooks/use-picture.ts";

interface MapPictureProps extends MapScene {
  /** Takes what moves the picture. */
  onReady(look: (sight: Sight) => void): void;
  /** It cannot be painted, and nothing more will come. */
  onFailure(problem: Error): void;
}

/** A large map beneath the buttons that are near: what assistive technology reads of it is those, and the list. */
export function MapPicture({ onReady, onFailure, ...scene }: MapPictureProps) {
  const { look, setCanvases } = usePicture(scene, onFailure);
  const picture = useRef<HTMLCanvasElement>(null);
  const backdrop = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (picture.current && backdrop.current)
      setCanvases({ picture: picture.current, backdrop: backdrop.current });
    onReady(look);
  }, [look, setCanvases, onReady]);
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0 overflow-hidden">
      <canvas ref={backdrop} width={1} height={1} className={canvasClass} />
      <canvas ref={picture} data-picture width={1} height={1} className={canvasClass} />
    </div>
  );
}

const canvasClass = "absolute top-0 left-0 max-w-none origin-top-left will-change-transform";
