import type { MapMark } from "../../../server/topology/map-marks.ts";
import { markWords } from "../view-model/mark-words.ts";
import { markIcons } from "./mark-icons.ts";

/** Marks in words; nothing where there are none. @param whole requests that they are a part of. */
export function MarkList({ marks = [], whole }: { marks?: readonly MapMark[] | undefined; whole?: number }) {
  if (marks.length === 0) return null;
  return (
    <ul className="mt-1 text-xs">
      {marks.map((mark) => {
        const Icon = markIcons[mark.kind];
        return (
          <li
            key={mark.kind}
            className={`flex items-center gap-1.5 ${mark.acts ? "text-enforce" : "text-observe"}`}
          >
            <Icon size={12} aria-hidden className="shrink-0" /> {markWords(mark, whole)}
          </li>
        );
      })}
    </ul>
  );
}
