import { Skeleton } from "../../../ui/skeleton.tsx";

const boxes = [
  "left-[6%] top-[45%]",
  "left-[36%] top-[18%]",
  "left-[36%] top-[45%]",
  "left-[36%] top-[72%]",
  "left-[68%] top-[30%]",
  "left-[68%] top-[58%]",
];

/** The map before its first numbers are there. */
export function MapSkeleton() {
  return (
    <div role="status" aria-label="Reading the map" className="relative h-full">
      {boxes.map((place) => (
        <Skeleton key={place} className={`absolute h-20 w-[24%] max-w-46 ${place}`} />
      ))}
    </div>
  );
}
