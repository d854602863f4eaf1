// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The servers as routes meet them: through Camel's components and the properties the servers give. */
class LocalServersIT {

    private static final long LONGEST_MILLIS = 20_000;

    @TempDir
    Path data;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "s3      | aws2-s3:videos?keyName=fox.txt                    | aws2-s3:videos?fileName=fox.txt&deleteAfterRead=false",
            "artemis | jms:queue:foxes                                   | jms:queue:foxes",
            "kafka   | kafka:foxes                                       | kafka:foxes?groupId=g&autoOffsetReset=earliest"})
    void whatIsSentIsThereAfterARestart(String server, String sink, String source) throws Exception {
        try (LocalServers servers = LocalServers.start(ServerChoice.parse(server), data)) {
            assertThat(servers.lines()).singleElement().asString().contains("127.0.0.1:", data.resolve(server) + "/");
            with(servers, context -> {
                try (ProducerTemplate template = context.createProducerTemplate()) {
                    template.sendBody(sink, "a fox".getBytes(StandardCharsets.UTF_8));
                }
            });
        }
        try (LocalServers servers = LocalServers.start(ServerChoice.parse(server), data)) {
            with(servers, context -> {
                try (ConsumerTemplate template = context.createConsumerTemplate()) {
                    assertThat(template.receive(source, LONGEST_MILLIS).getMessage().getBody(String.class)).isEqualTo("a fox");
                }
            });
        }
    }

    @Test
    void aMailThatIsSentIsInTheMailbox() throws Exception {
        try (LocalServers servers = LocalServers.start(ServerChoice.parse("mail"), data)) {
            with(servers, context -> {
                try (ProducerTemplate template = context.createProducerTemplate();
                     ConsumerTemplate mails = context.createConsumerTemplate()) {
                    template.sendBodyAndHeaders("smtp:{{smtp}}?from=fox@localhost&to={{mailTo}}", "a fox", Map.of("subject", "Fox"));
                    assertThat(mails.receive("imap:{{imap}}?username={{mailUser}}&password={{mailPassword}}", LONGEST_MILLIS)
                            .getMessage().getBody(String.class).strip()).isEqualTo("a fox");
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"s3", "artemis", "mail", "kafka"})
    void aFixedPortIsUsedAndATakenOneIsSaid(String server) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String choice = server + ":" + taken.getLocalPort();
            assertThatThrownBy(() -> LocalServers.start(ServerChoice.parse(choice), data))
                    .isInstanceOf(ServerNotStartedException.class)
                    .hasMessageStartingWith(server + " cannot start on port " + taken.getLocalPort() + ": ");
            taken.close();
            try (LocalServers servers = LocalServers.start(ServerChoice.parse(choice), data)) {
                assertThat(servers.lines()).singleElement().asString().contains("127.0.0.1:" + taken.getLocalPort());
            }
        }
    }

    @FunctionalInterface
    private interface Work {
        void on(CamelContext context) throws Exception;
    }

    private static void with(LocalServers servers, Work work) throws Exception {
        Main main = new Main();
        servers.properties().forEach(main::addInitialProperty);
        main.start();
        try {
            work.on(main.getCamelContext());
        } finally {
            main.stop();
        }
    }
}
