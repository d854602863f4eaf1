// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueRequestor;
import jakarta.jms.Session;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQQueue;

/** Somebody else at the broker, who knows nothing of Camel. */
final class JmsPeer implements AutoCloseable {

    /** Where the broker puts what nobody could consume. */
    static final String BROKERS_DEAD = "DLQ";

    private static final long PATIENCE_MILLIS = 60_000;

    private final ActiveMQConnectionFactory factory;
    private final JMSContext context;

    JmsPeer(String url) {
        factory = new ActiveMQConnectionFactory(url);
        context = factory.createContext(JMSContext.AUTO_ACKNOWLEDGE);
    }

    /**
     * @param  replyTo null = nobody waits
     * @return         the JMSMessageID
     */
    String send(String queue, String text, String replyTo, Map<String, String> properties) throws JMSException {
        Message message = context.createTextMessage(text);
        if (replyTo != null) {
            message.setJMSReplyTo(context.createQueue(replyTo));
        }
        for (Map.Entry<String, String> property : properties.entrySet()) {
            message.setStringProperty(property.getKey(), property.getValue());
        }
        context.createProducer().send(context.createQueue(queue), message);
        return message.getJMSMessageID();
    }

    Message receive(String queue) {
        try (var consumer = context.createConsumer(context.createQueue(queue))) {
            Message message = consumer.receive(PATIENCE_MILLIS);
            if (message == null) {
                throw new AssertionError("Nothing came to " + queue);
            }
            return message;
        }
    }

    JsonNode receiveJson(String queue) throws Exception {
        return new ObjectMapper().readTree(receive(queue).getBody(String.class));
    }

    /** What lies in the queue, and stays there. */
    List<String> look(String queue) throws JMSException {
        List<String> texts = new ArrayList<>();
        try (var browser = context.createBrowser(context.createQueue(queue))) {
            for (Object message : Collections.list(browser.getEnumeration())) {
                texts.add(((Message) message).getBody(String.class));
            }
        }
        return texts;
    }

    /** A message that fails is delivered again at once, and so many times in all. */
    void deliveryAttempts(int attempts) throws Exception {
        try (var connection = factory.createQueueConnection();
             var session = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            Message command = session.createMessage();
            JMSManagementHelper.putOperationInvocation(command, ResourceNames.BROKER, "addAddressSettings", "#",
                    "{\"maxDeliveryAttempts\": " + attempts + ", \"redeliveryDelay\": 0, \"deadLetterAddress\": \"" + BROKERS_DEAD + "\"}");
            Message answer = new QueueRequestor(session, new ActiveMQQueue("activemq.management")).request(command);
            if (!JMSManagementHelper.hasOperationSucceeded(answer)) {
                throw new AssertionError(JMSManagementHelper.getResult(answer));
            }
        }
    }

    @Override
    public void close() {
        context.close();
        factory.close();
    }
}
