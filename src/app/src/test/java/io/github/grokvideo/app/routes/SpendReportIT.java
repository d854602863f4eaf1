// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static io.github.grokvideo.app.routes.RouteRig.awaitThat;
import static io.github.grokvideo.app.routes.RouteRig.files;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.servers.LocalServers;
import io.github.grokvideo.servers.ServerChoice;
import jakarta.mail.internet.MimeMessage;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpendReportIT {

    @TempDir
    Path dir;

    private RouteRig rig;
    private LocalServers mail;

    @BeforeEach
    void servers() throws Exception {
        rig = new RouteRig(dir).durable().set("period", "today").set("by", "tag,model");
        mail = LocalServers.start(ServerChoice.parse("mail"), dir.resolve("mail"));
        mail.properties().forEach(rig::set);
    }

    @AfterEach
    void close() {
        rig.close();
        mail.close();
    }

    private static String column(String line, int number) {
        return line.split(",")[number];
    }

    @Test
    void whatTheGatewayHasChargedIsWrittenAndMailed() throws Exception {
        rig.set("when", "0/2 * * * * ?").start("spend-report");
        ProducerTemplate template = rig.main().getCamelTemplate();
        for (Map.Entry<String, String> prompt : Map.of("one", "spring", "two", "=HYPERLINK(1)", "three", "spring").entrySet()) {
            template.requestBodyAndHeader("grokvideo:generate?duration=6", prompt.getKey(), "CamelGrokVideoTag", prompt.getValue());
        }

        awaitThat(() -> {
            assertThat(files(rig.outbox.resolve("spend-report"))).hasSize(1);
            List<String> lines = Files.readAllLines(rig.outbox.resolve("spend-report").resolve(
                    files(rig.outbox.resolve("spend-report")).get(0)));
            assertThat(lines).hasSize(3);
            assertThat(lines.get(0)).isEqualTo("tag,model,unit,jobs,reserved,spentEstimated,spentReported,reportedMinusEstimate");
            assertThat(lines.get(1)).startsWith("'=HYPERLINK(1),").contains(",USD,1,0,0,");
            assertThat(lines.get(2)).startsWith("spring,").contains(",USD,2,0,0,");
            assertThat(new BigDecimal(column(lines.get(1), 6)).add(new BigDecimal(column(lines.get(2), 6))))
                    .isEqualByComparingTo(rig.simulator.ledger().spent("xai"));
        });
        awaitThat(() -> {
            List<MimeMessage> mails = new Mailbox(mail.properties()).mails();
            assertThat(mails).isNotEmpty();
            MimeMessage last = mails.get(mails.size() - 1);
            assertThat(last.getSubject()).isEqualTo("What the videos have cost: today");
            assertThat(last.getContentType()).startsWith("text/csv");
            assertThat(last.getFileName()).endsWith(".csv");
            assertThat(new String(Mailbox.content(last, "text/csv"), UTF_8)).contains("spring,", "'=HYPERLINK(1),");
        });
    }
}
