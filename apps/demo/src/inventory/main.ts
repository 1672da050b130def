import { asItems, asObject, asSkus, asText, idRule, skuRule } from "../service/fields.ts";
import { HttpError } from "../service/http-error.ts";
import { runService } from "../service/run-service.ts";
import shelves from "./shelves.json" with { type: "json" };
import { createWarehouse, type Reservation, type Shelf } from "./warehouse.ts";

/** Stock, and reservations of it that a checkout commits or releases. */
await runService("inventory", ({ config, log, now, random, table, every }) => {
  const warehouse = createWarehouse({
    capacities: shelves,
    shelves: table<Shelf>("shelves", 500),
    reservations: table<Reservation>("reservations", 2_000),
    now,
  });
  every(250, () => {
    const { delivered, expired } = warehouse.keepHouse();
    if (delivered.length > 0) log.info({ delivered }, "shelves were filled up");
    if (expired.length > 0) log.info({ expired }, "reservations expired");
  });

  /** Counting shelves goes wrong now and then; orders never depend on it, they reserve. */
  const failSometimes = () => {
    if (random() < config.backgroundErrorRate) {
      throw new HttpError(503, "count-in-progress", "this shelf is being counted, ask again");
    }
  };
  const view = ({ sku, available, deliveryAtMs }: Shelf) => ({
    sku,
    available,
    restocking: deliveryAtMs !== null,
  });

  return {
    routes: {
      "GET /stock": ({ query }) => {
        failSometimes();
        const skus = asSkus(query.get("skus"), "skus");
        return { json: { items: skus.flatMap((sku) => warehouse.shelf(sku) ?? []).map(view) } };
      },

      "GET /stock/:sku": ({ params }) => {
        failSometimes();
        const sku = asText(params.sku, "sku", skuRule);
        const shelf = warehouse.shelf(sku);
        if (!shelf) throw new HttpError(404, "unknown-product", `no shelf holds ${sku}`);
        return { json: view(shelf) };
      },

      "PUT /reservations/:id": async ({ params, body }) => {
        const { items } = asObject(await body(), "body");
        return { json: warehouse.reserve(asText(params.id, "id", idRule), asItems(items, "items")) };
      },

      "PUT /reservations/:id/commit": ({ params: { id = "" } }) => ({ json: warehouse.commit(id) }),

      "DELETE /reservations/:id": ({ params: { id = "" } }) => ({ json: warehouse.release(id) }),
    },
  };
});
