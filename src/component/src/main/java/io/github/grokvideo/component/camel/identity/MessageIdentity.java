// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.identity;

import org.apache.camel.Exchange;

/**
 * Says which message an exchange carries, so that the same message has the same job when its source delivers it again (option
 * {@code autoJobKey}). For sources that the component does not know itself: bind a bean of this type to the registry. Files, JMS,
 * Kafka, SQS, RabbitMQ, Google Pub/Sub and Azure Service Bus are known without one.
 * <p>
 * All beans of this type in the registry are asked, in no particular order and before what the component knows itself; the first answer
 * counts. They are looked up when the endpoint's producer starts.
 * <p>
 * Implementations must be thread-safe and must not block: they run on the thread that processes the exchange, for every message without
 * a {@code jobKey} of its own.
 */
@FunctionalInterface
public interface MessageIdentity {

    /**
     * @param  exchange carries the message, or a part or a copy of it; must not be changed
     * @return          the same text each time the same message is delivered, and another text for every other message of every source
     *                  that this object knows, of any length; null or blank = the message is not one of these, or has no identity. It is
     *                  kept as a digest only; error messages show its first 80 characters, so it must hold no secrets
     * @throws RuntimeException fails the exchange before anything is spent
     */
    String of(Exchange exchange);

    /**
     * What the messages are, for people: the job key begins with it and error messages name it.
     *
     * @return 1 to 20 lower-case ASCII letters, digits or hyphens; {@code message} by default. Never null
     */
    default String kind() {
        return "message";
    }
}
