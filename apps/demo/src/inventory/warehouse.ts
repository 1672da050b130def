import { HttpError } from "../service/http-error.ts";
import type { Table } from "../service/table.ts";

export type Shelf = {
  sku: string;
  /** Pieces that nobody has reserved. */
  available: number;
  /** When the ordered delivery arrives (ms since 1970); null when none is on its way. */
  deliveryAtMs: number | null;
};

export type StockItem = { sku: string; quantity: number };
export type ReservationState = "held" | "committed" | "released";
export type Reservation = { id: string; items: StockItem[]; state: ReservationState; expiresAtMs: number };

export type Warehouse = {
  shelf(sku: string): Shelf | undefined;
  /** Takes the items off the shelves; the same id again changes nothing. @throws HttpError 404, 409 */
  reserve(id: string, items: StockItem[]): Reservation;
  /** The items are sold. Done already: fine. @throws HttpError 404, or 409 when they went back to the shelf */
  commit(id: string): Reservation;
  /** The items go back. Released already: fine. @throws HttpError 404, or 409 when they are sold */
  release(id: string): Reservation;
  /** Puts due deliveries on the shelves and takes reservations back that nobody came for. */
  keepHouse(): { delivered: string[]; expired: string[] };
};

export type WarehouseSettings = {
  /** Pieces on a full shelf, by SKU. */
  capacities: Readonly<Record<string, number>>;
  shelves: Table<Shelf>;
  reservations: Table<Reservation>;
  now: () => number;
};

const deliveryMs = 1_500;
const holdMs = 10 * 60_000;

/** Stock that goes down and is restocked: a shelf less than half full orders a delivery that fills it again. */
export function createWarehouse({ capacities, shelves, reservations, now }: WarehouseSettings): Warehouse {
  const find = (sku: string): Shelf | undefined => {
    const capacity = capacities[sku];
    if (capacity === undefined) return undefined;
    return shelves.get(sku) ?? { sku, available: capacity, deliveryAtMs: null };
  };

  const change = (sku: string, pieces: number) => {
    const shelf = find(sku);
    if (!shelf) return;
    const available = shelf.available + pieces;
    const isLow = available * 2 < (capacities[sku] ?? 0);
    const deliveryAtMs = shelf.deliveryAtMs ?? (isLow ? now() + deliveryMs : null);
    shelves.put(sku, { sku, available, deliveryAtMs });
  };

  const settle = (reservation: Reservation, state: ReservationState): Reservation => {
    if (reservation.state === state) return reservation;
    if (reservation.state !== "held") {
      throw new HttpError(
        409,
        `already-${reservation.state}`,
        `reservation ${reservation.id} is ${reservation.state}`,
      );
    }
    const settled = { ...reservation, state };
    reservations.put(reservation.id, settled);
    if (state === "released") for (const item of reservation.items) change(item.sku, item.quantity);
    return settled;
  };

  const known = (id: string): Reservation => {
    const reservation = reservations.get(id);
    if (!reservation) throw new HttpError(404, "unknown-reservation", `there is no reservation ${id}`);
    return reservation;
  };

  return {
    shelf: find,
    reserve(id, items) {
      const earlier = reservations.get(id);
      // A released one is taken anew: the same order is tried a second time, after a declined card perhaps.
      if (earlier && earlier.state !== "released") return earlier;
      for (const { sku, quantity } of items) {
        const shelf = find(sku);
        if (!shelf) throw new HttpError(404, "unknown-product", `no shelf holds ${sku}`, { sku });
        if (shelf.available < quantity) {
          const message = `only ${shelf.available} of ${sku} are left`;
          throw new HttpError(409, "out-of-stock", message, { sku, available: shelf.available });
        }
      }
      const reservation: Reservation = { id, items, state: "held", expiresAtMs: now() + holdMs };
      reservations.put(id, reservation);
      for (const { sku, quantity } of items) change(sku, -quantity);
      return reservation;
    },
    commit: (id) => settle(known(id), "committed"),
    release: (id) => settle(known(id), "released"),
    keepHouse() {
      const delivered: string[] = [];
      for (const { sku, available, deliveryAtMs } of shelves.rows()) {
        if (deliveryAtMs === null || deliveryAtMs > now()) continue;
        shelves.put(sku, { sku, available: Math.max(available, capacities[sku] ?? 0), deliveryAtMs: null });
        delivered.push(sku);
      }
      const expired = reservations
        .rows()
        .filter(({ state, expiresAtMs }) => state === "held" && expiresAtMs <= now());
      for (const reservation of expired) settle(reservation, "released");
      return { delivered, expired: expired.map(({ id }) => id) };
    },
  };
}
