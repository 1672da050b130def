import type { Window } from "@weir/domain";
import { serviceIdText } from "@weir/domain/browser";
import type { ShownChange } from "../../../server/changes/shown-change.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { type Tick, ticksOf, tickWords } from "../../changes/view-model/ticks.ts";

/** Changes on the course of a service. */
export interface CourseMark {
  /** 0 is the left border of the course, 1 the right one. */
  readonly share: number;
  readonly words: string;
}

interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** Lines closer than that would be one. */
const apartPx = 4;

/**
 * What was changed, for the course of any service: as where changes are asked for of that one, with those of its namespace and of the
 * mesh. Who is told of changes concerns no course.
 */
export function courseMarks(
  changes: readonly ShownChange[],
  axis: Window,
  widthPx: number,
): (service: Named) => readonly CourseMark[] {
  const by = Map.groupBy(changes, concernedBy);
  return ({ namespace, name }) => {
    const own = [serviceIdText({ namespace, service: name }), namespaceKey(namespace), mesh];
    const concerning = own.flatMap((key) => by.get(key) ?? []);
    return ticksOf(concerning, axis, widthPx, apartPx).map((tick) => markOf(tick, axis.toMs));
  };
}

const mesh = "";
const namespaceKey = (namespace: string) => `${namespace}/`;

function concernedBy({ service, namespace, kind }: ShownChange): string | undefined {
  if (service) return serviceIdText({ namespace: service.namespace, service: service.name });
  if (namespace !== undefined) return namespaceKey(namespace);
  return kind === "target" ? undefined : mesh;
}

function markOf(tick: Tick, nowMs: number): CourseMark {
  return { share: tick.share, words: tickWords(tick, (ms) => formatMoment(ms, nowMs)) };
}
