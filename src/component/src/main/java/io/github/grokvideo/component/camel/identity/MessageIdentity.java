// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.identity;

import org.apache.camel.Exchange;

/**
 * Identifies the message that an exchange carries, so that a redelivered message gets the same job (option {@code autoJobKey}). For sources
 * that the component does not support itself: bind a bean of this type to the registry. Files, JMS, Kafka, SQS, RabbitMQ, Google Pub/Sub
 * and Azure Service Bus are supported without one.
 * <p>
 * All beans of this type are consulted, in no particular order and before the built-in rules; the first answer counts. They are looked up
 * when the endpoint's producer starts.
 * <p>
 * Implementations must be thread-safe and must not block: they run on the thread that processes the exchange, for every message without a
 * {@code jobKey} of its own.
 */
@FunctionalInterface
public interface MessageIdentity {

    /**
     * Identifies a message.
     *
     * @param  exchange carries the message, or a part or a copy of it; must not be changed
     * @return          the same text for every delivery of the same message, and a different text for every other message of every source
     *                  that this object supports, of any length; null or blank = not one of these messages, or no identity. Only a digest
     *                  is stored, but error messages show the first 80 characters, so it must not contain secrets
     * @throws RuntimeException fails the exchange before anything is spent
     */
    String of(Exchange exchange);

    /**
     * Kind of the messages, shown at the start of the job key and in error messages.
     *
     * @return 1 to 20 lower-case ASCII letters, digits or hyphens; {@code message} by default. Never null
     */
    default String kind() {
        return "message";
    }
}
