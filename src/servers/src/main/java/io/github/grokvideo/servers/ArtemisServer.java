// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.servers;

import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A JMS broker. What cannot be consumed goes to the queue {@code DLQ}. */
final class ArtemisServer implements LocalServer {

    private static final Logger LOG = LoggerFactory.getLogger(ArtemisServer.class);
    private static final String DEAD_LETTERS = "DLQ";
    private static final int ATTEMPTS = 10;
    private static final long PAUSE_MILLIS = 1000;
    /** Above this use of the disk the broker blocks producers. Its default is lower, and would count files of other programs. */
    private static final int DISK_PERCENT = 99;

    private final EmbeddedActiveMQ broker;
    private final int port;
    private final Path data;

    private ArtemisServer(EmbeddedActiveMQ broker, int port, Path data) {
        this.broker = broker;
        this.port = port;
        this.data = data;
    }

    static ArtemisServer start(Path data, int port) throws Exception {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(configuration(data, port));
        broker.start();
        NettyAcceptor acceptor = (NettyAcceptor) broker.getActiveMQServer().getRemotingService().getAcceptor("tcp");
        return new ArtemisServer(broker, acceptor.getActualPort(), data);
    }

    private static Configuration configuration(Path data, int port) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setName("grokvideo");
        configuration.setSecurityEnabled(false);
        configuration.setJMXManagementEnabled(false);
        configuration.setJournalType(JournalType.NIO);
        configuration.setBrokerInstance(data.toAbsolutePath().toFile());
        configuration.setBindingsDirectory(data.resolve("bindings").toAbsolutePath().toString());
        configuration.setJournalDirectory(data.resolve("journal").toAbsolutePath().toString());
        configuration.setPagingDirectory(data.resolve("paging").toAbsolutePath().toString());
        configuration.setLargeMessagesDirectory(data.resolve("large-messages").toAbsolutePath().toString());
        configuration.setNodeManagerLockDirectory(data.resolve("lock").toAbsolutePath().toString());
        configuration.setMaxDiskUsage(DISK_PERCENT);
        configuration.addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + port);
        configuration.addAddressSetting("#", new AddressSettings()
                .setDeadLetterAddress(SimpleString.of(DEAD_LETTERS)).setExpiryAddress(SimpleString.of(DEAD_LETTERS))
                .setMaxDeliveryAttempts(ATTEMPTS).setRedeliveryDelay(PAUSE_MILLIS)
                .setAutoCreateAddresses(true).setAutoCreateQueues(true)
                .setAutoDeleteAddresses(false).setAutoDeleteQueues(false));
        configuration.addQueueConfiguration(QueueConfiguration.of(DEAD_LETTERS)
                .setRoutingType(RoutingType.ANYCAST));
        return configuration;
    }

    @Override
    public String line() {
        return "JMS (Artemis) at tcp://127.0.0.1:" + port + ", no password, dead letters in " + DEAD_LETTERS + ", files in " + data + "/";
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("camel.beans.connectionFactory",
                "#class:org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory('tcp://127.0.0.1:" + port + "')");
    }

    @Override
    public void close() {
        try {
            broker.stop();
        } catch (Exception e) {
            LOG.warn("The JMS broker did not stop cleanly", e);
        }
    }
}
