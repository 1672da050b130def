import { useState } from "react";
import { saveFile } from "../../../client/save-file.ts";
import type { MapView } from "../../../server/topology/topology-view.ts";
import { Button } from "../../../ui/button.tsx";
import { formatShare } from "../../../ui/format/numbers.ts";
import { useWindow } from "../../time/index.ts";
import { type MapSource, pictureFile } from "../export/picture-file.ts";
import { boxOfAll, pngScale } from "../export/picture-size.ts";
import { exportName, graphJson } from "../view-model/graph-json.ts";

export interface ExportChoicesProps {
  readonly view: MapView;
  /** The map as it looks now; undefined before it is drawn. */
  sourceNow(): MapSource | undefined;
  onSaved(): void;
}

type Ending = "json" | "svg" | "png";

const failures: Readonly<Record<Ending, string>> = {
  json: "The file could not be made.",
  svg: "The browser could not make this picture. JSON has all facts.",
  png: "The browser cannot draw this picture. SVG works at any size.",
};

/** The kinds of files: JSON with all facts, SVG or PNG as the map looks. One is made at a time. */
export function ExportChoices({ view, sourceNow, onSaved }: ExportChoicesProps) {
  const { length } = useWindow();
  const [making, setMaking] = useState<Ending>();
  const [failed, setFailed] = useState<Ending>();
  const save = async (ending: Ending) => {
    setMaking(ending);
    setFailed(undefined);
    try {
      const blob =
        ending === "json"
          ? new Blob([graphJson(view, length)], { type: "application/json" })
          : await pictureFile(ending, drawn(sourceNow()));
      saveFile(blob, exportName(length, ending));
      onSaved();
    } catch {
      setFailed(ending); // the browser could not draw it, and says no more than that
    } finally {
      setMaking(undefined);
    }
  };
  const scale = pngScaleOf(sourceNow());
  const choices = [
    { ending: "json", words: "JSON, with all facts" },
    { ending: "svg", words: "SVG" },
    { ending: "png", words: scale < 1 ? `PNG, at ${formatShare(scale)} of the map's size` : "PNG" },
  ] as const;
  return (
    <div className="flex w-60 flex-col p-1" aria-busy={making !== undefined}>
      {choices.map(({ ending, words }) => (
        <Button
          key={ending}
          look="quiet"
          className="justify-start"
          disabled={making !== undefined}
          onClick={() => void save(ending)}
        >
          {words}
        </Button>
      ))}
      {scale < 1 && (
        <p className="px-3 py-1.5 text-muted text-xs">Browsers draw no larger PNG; SVG has all of it.</p>
      )}
      <p role="status" className="px-3 text-muted text-xs">
        {making && "Making the file…"}
      </p>
      {failed && (
        <p role="alert" className="px-3 py-1.5 text-failing text-xs">
          {failures[failed]}
        </p>
      )}
    </div>
  );
}

function drawn(source: MapSource | undefined): MapSource {
  if (!source) throw new Error("The map is not drawn yet.");
  return source;
}

/** Of what the page draws as elements, the browser says when it is asked. */
function pngScaleOf(source: MapSource | undefined): number {
  return source && "painted" in source ? pngScale(boxOfAll(source.painted.placement)) : 1;
}
