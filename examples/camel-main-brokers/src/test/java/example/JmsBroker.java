// SPDX-License-Identifier: Apache-2.0
package example;

import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** An Artemis broker on a free port. */
class JmsBroker implements AutoCloseable {

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();

    JmsBroker(Path data) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setPersistenceEnabled(false);
        configuration.setSecurityEnabled(false);
        configuration.setJMXManagementEnabled(false);
        configuration.setBrokerInstance(data.toFile());
        configuration.setMaxDiskUsage(-1);
        configuration.addAcceptorConfiguration("tcp", "tcp://127.0.0.1:0");
        broker.setConfiguration(configuration);
        broker.start();
    }

    String url() {
        NettyAcceptor acceptor = (NettyAcceptor) broker.getActiveMQServer().getRemotingService().getAcceptor("tcp");
        return "tcp://127.0.0.1:" + acceptor.getActualPort();
    }

    @Override
    public void close() throws Exception {
        broker.stop();
    }
}
