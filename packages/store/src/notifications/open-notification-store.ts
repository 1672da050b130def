import type { ConfigDatabase } from "../config/config-database.ts";
import { listAlerts, recordAlerts } from "./alerts.ts";
import { dueDeliveries, getDelivery, listDeliveries, recordAttempt, trimDeliveries } from "./deliveries.ts";
import type { NotificationStore } from "./notification-store.ts";
import {
  addTarget,
  changeTarget,
  listTargets,
  pauseTarget,
  removeTarget,
  renewTargetSecret,
  testTarget,
} from "./targets.ts";

export function openNotificationStore(database: ConfigDatabase): NotificationStore {
  return {
    listTargets: () => listTargets(database),
    addTarget: (target, author) => addTarget(database, target, author),
    changeTarget: (id, target) => changeTarget(database, id, target),
    pauseTarget: (id, paused) => pauseTarget(database, id, paused),
    renewTargetSecret: (id) => renewTargetSecret(database, id),
    removeTarget: (id) => removeTarget(database, id),
    testTarget: (id, author) => testTarget(database, id, author),
    getDelivery: (id) => getDelivery(database, id),
    listDeliveries: (targetId, limit) => listDeliveries(database, targetId, limit),
    dueDeliveries: () => dueDeliveries(database),
    nextDelivery: async (queue) => (await dueDeliveries(database, queue))[0],
    recordAttempt: (id, attempt) => recordAttempt(database, id, attempt),
    trimDeliveries: () => trimDeliveries(database),
    listAlerts: () => listAlerts(database),
    recordAlerts: (changed, gone, told) => recordAlerts(database, changed, gone, told),
  };
}
