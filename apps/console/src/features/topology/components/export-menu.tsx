"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { saveFile } from "../../../client/save-file.ts";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { Button } from "../../../ui/button.tsx";
import { Popover } from "../../../ui/popover.tsx";
import { useWindow } from "../../time/index.ts";
import { type PictureFile, pngOf } from "../export/map-picture-file.ts";
import { exportName, graphJson } from "../view-model/graph-json.ts";

interface ExportMenuProps {
  readonly view: MapView;
  /** The map as a picture; undefined where it is too large to be one. */
  readonly pictureOf: (() => PictureFile | undefined) | undefined;
}

type Ending = "json" | "svg" | "png";

const failures: Readonly<Record<Ending, string>> = {
  json: "The file could not be made.",
  svg: "There is no picture of the map now. JSON has all facts.",
  png: "The browser cannot draw this picture. SVG works at any size.",
};

/** The graph that is shown as a file: JSON with all facts, SVG or PNG as it looks. */
export function ExportMenu({ view, pictureOf }: ExportMenuProps) {
  const { length } = useWindow();
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState<Ending>();
  const save = async (ending: Ending, make: () => Blob | undefined | Promise<Blob | undefined>) => {
    try {
      const blob = await make();
      setFailed(blob ? undefined : ending);
      if (!blob) return;
      saveFile(blob, exportName(length, ending));
      setOpen(false);
    } catch {
      setFailed(ending); // the browser could not draw it, and says no more than that
    }
  };
  const json = () => new Blob([graphJson(view, length)], { type: "application/json" });
  const svg = () => {
    const picture = pictureOf?.();
    return picture && new Blob([picture.svg], { type: "image/svg+xml" });
  };
  const png = () => {
    const picture = pictureOf?.();
    return picture && pngOf(picture);
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Export"
      align="end"
      trigger={
        <Button look="quiet" size="icon" aria-label="Export">
          <Download size={15} aria-hidden />
        </Button>
      }
    >
      <div className="flex w-60 flex-col p-1">
        <Button look="quiet" className="justify-start" onClick={() => void save("json", json)}>
          JSON, with all facts
        </Button>
        {pictureOf ? (
          <>
            <Button look="quiet" className="justify-start" onClick={() => void save("svg", svg)}>
              SVG
            </Button>
            <Button look="quiet" className="justify-start" onClick={() => void save("png", png)}>
              PNG
            </Button>
          </>
        ) : (
          <p className="px-3 py-1.5 text-muted text-xs">Too large for a picture: focus on a part of it.</p>
        )}
        {failed && (
          <p role="alert" className="px-3 py-1.5 text-failing text-xs">
            {failures[failed]}
          </p>
        )}
      </div>
    </Popover>
  );
}
