// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.identity;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Identifies a message by its headers.
 *
 * @param kind    of the messages
 * @param headers all of these must be present
 * @param also    included if present
 * @param schemes of the endpoints that such messages come from
 */
public record HeaderIdentity(String kind, List<String> headers, List<String> also, List<String> schemes) implements MessageIdentity {

    /** The messages identified without a {@link MessageIdentity} bean. Immutable. */
    public static final List<HeaderIdentity> KNOWN = List.of(
            // camel-amqp uses JMS.
            new HeaderIdentity("jms", List.of("JMSMessageID"), List.of(), List.of("jms", "activemq", "activemq6", "amqp", "sjms", "sjms2")),
            // A topic that was deleted and created again starts at offset 0; only its timestamps differ.
            new HeaderIdentity("kafka", List.of("kafka.TOPIC", "kafka.PARTITION", "kafka.OFFSET"), List.of("kafka.TIMESTAMP"),
                    List.of("kafka", "vertx-kafka")),
            new HeaderIdentity("sqs", List.of("CamelAwsSqsMessageId"), List.of(), List.of("aws2-sqs")),
            new HeaderIdentity("rabbitmq", List.of("CamelSpringRabbitmqMessageId"), List.of(), List.of("spring-rabbitmq")),
            new HeaderIdentity("pubsub", List.of("CamelGooglePubsubMessageId"), List.of(), List.of("google-pubsub")),
            new HeaderIdentity("servicebus", List.of("CamelAzureServiceBusMessageId"), List.of("CamelAzureServiceBusSequenceNumber"),
                    List.of("azure-servicebus")));

    @Override
    public String of(Exchange exchange) {
        List<String> values = new ArrayList<>();
        for (String header : headers) {
            String value = value(exchange, header);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        for (String header : also) {
            String value = value(exchange, header);
            if (value != null) {
                values.add(value);
            }
        }
        return String.join("/", values);
    }

    private static String value(Exchange exchange, String header) {
        Object value = exchange.getMessage().getHeader(header);
        return value == null || value.toString().isBlank() ? null : value.toString();
    }
}
