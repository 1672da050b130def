import type { ConfigDatabase } from "../config/config-database.ts";
import { listAlerts, recordAlerts } from "./alerts.ts";
import { dueDeliveries, getDelivery, listDeliveries, recordAttempt, trimDeliveries } from "./deliveries.ts";
import { listTargets } from "./list-targets.ts";
import type { NotificationStore } from "./notification-store.ts";
import {
  addTarget,
  changeTarget,
  pauseTarget,
  removeTarget,
  renewTargetSecret,
  testTarget,
} from "./targets.ts";

export function openNotificationStore(database: ConfigDatabase): NotificationStore {
  return {
    listTargets: () => listTargets(database),
    addTarget: (target, change) => addTarget(database, target, change),
    changeTarget: (id, target, change) => changeTarget(database, id, target, change),
    pauseTarget: (id, paused, change) => pauseTarget(database, id, paused, change),
    renewTargetSecret: (id, change) => renewTargetSecret(database, id, change),
    removeTarget: (id, change) => removeTarget(database, id, change),
    testTarget: (id, change) => testTarget(database, id, change),
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
