"use client";

import { useMemo } from "react";
import { sparklineWidth } from "../../../ui/sparkline.tsx";
import { useChanges } from "../../changes/hooks/use-changes.ts";
import { useWindow } from "../../time/index.ts";
import { courseMarks } from "../view-model/course-marks.ts";

/**
 * What was changed in the window, as marks on the course of any service: asked for once, of all of them.
 *
 * @param readAtMs when the courses were read; a window that moves has moved on since the changes were
 */
export function useCourseMarks(readAtMs: number) {
  const { length } = useWindow();
  const { data, dataUpdatedAt } = useChanges();
  const laterMs = length.includes("/") ? 0 : readAtMs - dataUpdatedAt;
  return useMemo(() => {
    const { fromMs, toMs, changes, isCut } = data ?? { ...{ fromMs: 0, toMs: 0, changes: [] }, isCut: false };
    const axis = { fromMs: fromMs + laterMs, toMs: toMs + laterMs };
    return { marksOf: courseMarks(changes, axis, sparklineWidth), isCut };
  }, [data, laterMs]);
}
