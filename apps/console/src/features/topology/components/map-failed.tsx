import { List } from "lucide-react";
import { Button } from "../../../ui/button.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { useMapOrList } from "../hooks/use-map-or-list.ts";

interface MapFailedProps {
  readonly error: unknown;
  /** What there is none of, such as "the map's layout". */
  readonly what: string;
  retry(): void;
}

/** There is no picture of the mesh: the list has the same, and the picture can be tried again. */
export function MapFailed({ error, what, retry }: MapFailedProps) {
  const { setAs } = useMapOrList();
  return (
    <div className="flex h-full flex-col items-center overflow-y-auto">
      <ErrorState error={error} what={what} retry={retry} />
      <p className="-mt-8 px-6 text-center text-muted">The list says the same, without a picture.</p>
      <Button look="quiet" className="mt-1" onClick={() => setAs("list")}>
        <List size={14} aria-hidden /> Show the list
      </Button>
    </div>
  );
}
