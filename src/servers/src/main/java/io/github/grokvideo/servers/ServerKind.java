// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.servers;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The servers that can be started. */
public enum ServerKind {

    S3("s3", List.of("aws2-s3"), List.of("camel.component.aws2-s3."), (data, port) -> S3Server.start(data, port)),
    ARTEMIS("artemis", List.of("jms"), List.of("camel.component.jms.", "camel.beans."), (data, port) -> ArtemisServer.start(data, port)),
    MAIL("mail", List.of("smtp", "imap"), List.of("smtp", "imap", "mail"), (data, port) -> MailServer.start(port)),
    KAFKA("kafka", List.of("kafka"), List.of("camel.component.kafka."), (data, port) -> KafkaServer.start(data, port));

    /** Lambdas rather than method references, which would load the servers' classes together with this one. */
    @FunctionalInterface
    private interface Starter {
        LocalServer start(Path data, int port) throws Exception;
    }

    private final String word;
    private final List<String> schemes;
    private final List<String> settings;
    private final Starter starter;

    ServerKind(String word, List<String> schemes, List<String> settings, Starter starter) {
        this.word = word;
        this.schemes = schemes;
        this.settings = settings;
        this.starter = starter;
    }

    /** @return its name as users write it */
    public String word() {
        return word;
    }

    /** @return the Camel components that talk to such a server */
    public List<String> schemes() {
        return schemes;
    }

    /** @return prefixes of the properties that locate such a server */
    public List<String> settings() {
        return settings;
    }

    /**
     * @param data folder of all servers' files
     * @param port 0 = any free one
     */
    LocalServer start(Path data, int port) throws Exception {
        return starter.start(data.resolve(word), port);
    }

    static Optional<ServerKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(ServerKind::word).collect(Collectors.joining(", "));
    }
}
