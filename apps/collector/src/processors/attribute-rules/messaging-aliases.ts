import { type Aliases, renamed } from "./alias.ts";

/**
 * Messaging conventions from those of 1.16 and before (OpenTelemetry schemas 1.17, 1.21, 1.22, 1.25, 1.26, 1.27, and the
 * registry for values of the operation). `messaging.destination_kind` has no successor and stays.
 */
export const messagingAliases: Aliases = {
  "messaging.operation": {
    name: "messaging.operation.type",
    values: { publish: "send", deliver: "process" },
  },
  "messaging.kafka.destination.partition": { name: "messaging.destination.partition.id", asText: true },
  "messaging.kafka.partition": { name: "messaging.destination.partition.id", asText: true },
  ...renamed({
    "messaging.destination": "messaging.destination.name",
    "messaging.temp_destination": "messaging.destination.temporary",
    "messaging.message_id": "messaging.message.id",
    "messaging.conversation_id": "messaging.message.conversation_id",
    "messaging.message.payload_size_bytes": "messaging.message.body.size",
    "messaging.message_payload_size_bytes": "messaging.message.body.size",
    "messaging.client_id": "messaging.client.id",
    "messaging.kafka.client_id": "messaging.client.id",
    "messaging.rocketmq.client_id": "messaging.client.id",
    "messaging.kafka.consumer.group": "messaging.consumer.group.name",
    "messaging.kafka.consumer_group": "messaging.consumer.group.name",
    "messaging.rocketmq.client_group": "messaging.consumer.group.name",
    "messaging.eventhubs.consumer.group": "messaging.consumer.group.name",
    "messaging.servicebus.destination.subscription_name": "messaging.destination.subscription.name",
    "messaging.kafka.message.offset": "messaging.kafka.offset",
    "messaging.kafka.message_key": "messaging.kafka.message.key",
    "messaging.kafka.tombstone": "messaging.kafka.message.tombstone",
    "messaging.rabbitmq.routing_key": "messaging.rabbitmq.destination.routing_key",
    "messaging.rocketmq.message_type": "messaging.rocketmq.message.type",
    "messaging.rocketmq.message_tag": "messaging.rocketmq.message.tag",
    "messaging.rocketmq.message_keys": "messaging.rocketmq.message.keys",
    "messaging.protocol": "network.protocol.name",
    "messaging.protocol_version": "network.protocol.version",
  }),
};
