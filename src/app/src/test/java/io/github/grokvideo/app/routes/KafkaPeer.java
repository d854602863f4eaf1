// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Somebody else at the Kafka broker, who knows nothing of Camel. Topics have one partition. */
final class KafkaPeer implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final String address;
    private final Admin admin;
    private final KafkaProducer<String, String> producer;
    private final Map<String, KafkaConsumer<String, String>> readers = new HashMap<>();

    KafkaPeer(String address) {
        this.address = address;
        admin = Admin.create(Map.of("bootstrap.servers", address));
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", address), new StringSerializer(), new StringSerializer());
    }

    void send(String topic, String key, String text, Map<String, String> headers) throws Exception {
        ProducerRecord<String, String> request = new ProducerRecord<>(topic, key, text);
        headers.forEach((name, value) -> request.headers().add(name, value.getBytes()));
        producer.send(request).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** @return the next so many records; fewer where no more came in time */
    List<ConsumerRecord<String, String>> receive(String topic, int count) {
        KafkaConsumer<String, String> reader = readers.computeIfAbsent(topic, this::reader);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (records.size() < count && System.nanoTime() < end) {
            reader.poll(Duration.ofMillis(200)).forEach(records::add);
        }
        return records;
    }

    private KafkaConsumer<String, String> reader(String topic) {
        KafkaConsumer<String, String> reader = new KafkaConsumer<>(Map.of("bootstrap.servers", address, "group.id", "peer-" + topic,
                "auto.offset.reset", "earliest", "max.poll.records", "1"), new StringDeserializer(), new StringDeserializer());
        reader.assign(List.of(new TopicPartition(topic, 0)));
        return reader;
    }

    /** @return -1 = none */
    long committed(String group, String topic) throws Exception {
        OffsetAndMetadata offset = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS).get(new TopicPartition(topic, 0));
        return offset == null ? -1 : offset.offset();
    }

    /** As if later commits had been lost. The group has to have no members. */
    void goBack(String group, String topic, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
                .all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** @return names that a member keeps until it falls out of the group */
    Set<String> members(String group) throws Exception {
        Set<String> members = new TreeSet<>();
        admin.describeConsumerGroups(List.of(group)).describedGroups().get(group).get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .members().stream().map(MemberDescription::consumerId).forEach(members::add);
        return members;
    }

    @Override
    public void close() {
        readers.values().forEach(KafkaConsumer::close);
        producer.close();
        admin.close();
    }
}
