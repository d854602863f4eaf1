// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import static io.github.grokvideo.app.routes.RouteRig.awaitThat;
import static io.github.grokvideo.app.routes.RouteRig.files;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import io.github.grokvideo.app.mail.PosterFrame;
import io.github.grokvideo.servers.LocalServers;
import io.github.grokvideo.servers.ServerChoice;
import io.github.grokvideo.simulator.log.RequestKind;
import jakarta.mail.internet.MimeMessage;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletedToEmailIT {

    private static final Pattern LINK = Pattern.compile("http://\\S+");

    @TempDir
    Path dir;

    private RouteRig rig;
    private ServerChoice mailChoice;
    private LocalServers mail;

    @BeforeEach
    void servers() throws Exception {
        rig = new RouteRig(dir, ServerChoice.parse("s3")).durable().set("maxRetryDelay", "1000");
        mailChoice = ServerChoice.parse("mail:" + RouteRig.freePort());
        startMail();
        mail.properties().forEach(rig::set);
    }

    @AfterEach
    void close() {
        rig.close();
        mail.close();
    }

    private void startMail() throws Exception {
        mail = LocalServers.start(mailChoice, dir.resolve("mail"));
    }

    @Test
    void theVideoIsAttachedAndItsFirstFrameIsInTheText() throws Exception {
        rig.start("completed-to-email");
        submit("{\"prompt\": \"A fox\", \"duration\": 5, \"resolution\": \"480p\", \"aspectRatio\": \"16:9\"}",
                Map.of("name", "Füchse\r\nBcc: x <im> Schnee"));

        MimeMessage arrived = onlyMail();
        assertThat(arrived.getSubject()).isEqualTo("Your video: Füchse Bcc: x <im> Schnee");
        assertThat(arrived.getAllRecipients()).extracting(Object::toString).containsExactly("studio@localhost");
        assertThat(Mailbox.structure(arrived)).containsExactly(
                "mixed > alternative > text/plain", "mixed > alternative > related > text/html",
                "mixed > alternative > related > image/jpeg", "mixed > video/mp4");
        var job = rig.simulator.jobs().iterator().next();
        assertThat(sha256(Mailbox.content(arrived, "video/mp4"))).isEqualTo(job.sha256());
        BufferedImage poster = ImageIO.read(new ByteArrayInputStream(Mailbox.content(arrived, "image/jpeg")));
        assertThat(poster.getWidth()).isGreaterThan(poster.getHeight()).isGreaterThan(400);
        assertThat(html(arrived)).contains("cid:poster", "attached").doesNotContain("<im>");
        assertThat(text(arrived)).contains("Your video is ready. It is attached.", job.fileSize() + " bytes");
        awaitThat(() -> rig.assertNothingLeft());
    }

    @Test
    void aLargeVideoIsALink() throws Exception {
        rig.set("attachUpTo", "1000").start("completed-to-email");
        submit("{\"prompt\": \"A fox\"}", Map.of("to", "studio@localhost, ann@localhost"));

        MimeMessage arrived = onlyMail();
        assertThat(arrived.getAllRecipients()).hasSize(2);
        assertThat(Mailbox.structure(arrived)).containsExactly("alternative > text/plain", "alternative > related > text/html",
                "alternative > related > image/jpeg");
        Matcher link = LINK.matcher(text(arrived));
        assertThat(link.find()).isTrue();
        assertThat(html(arrived)).contains(link.group());
        HttpResponse<byte[]> video = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(link.group())).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(video.headers().firstValue("Content-Type")).hasValue("video/mp4");
        assertThat(sha256(video.body())).isEqualTo(rig.simulator.jobs().iterator().next().sha256());
        awaitThat(() -> rig.assertNothingLeft());
    }

    @Test
    void aFailedJobIsAMailThatSaysSo() throws Exception {
        rig.start("completed-to-email");
        submit("{\"prompt\": \"A cat [[fault:job-moderated]]\"}", Map.of("name", "Cat"));

        MimeMessage arrived = onlyMail();
        assertThat(arrived.getSubject()).isEqualTo("No video: Cat");
        assertThat(Mailbox.structure(arrived)).containsExactly("alternative > text/plain", "alternative > text/html");
        assertThat(text(arrived)).contains("MODERATED, charged: yes").containsPattern("\\.\\s+\\S");
        assertThat(html(arrived)).contains("MODERATED, charged: yes");
    }

    @Test
    void whileTheMailServerIsAwayNothingIsLostAndNothingIsSentTwice() throws Exception {
        rig.start("completed-to-email");
        mail.close();
        for (int i = 0; i < 2; i++) {
            submit("{\"prompt\": \"Fox " + i + "\"}", Map.of("name", "Fox " + i));
        }
        submit("{\"prompt\": \"A cat [[fault:job-failed]]\"}", Map.of("name", "Cat"));
        awaitThat(() -> assertThat(rig.simulator.requests().count("xai", RequestKind.DOWNLOAD)).isEqualTo(2));
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(files(dir.resolve("work"))).as("kept").anyMatch(file -> file.endsWith(".mp4")));
        startMail();

        awaitThat(() -> assertThat(mails()).hasSize(3));
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(mails()).hasSize(3));
        assertThat(mails()).extracting(MimeMessage::getMessageID).doesNotHaveDuplicates().allMatch(id -> id.endsWith("@localhost>"));
        assertThat(mails()).extracting(MimeMessage::getSubject)
                .containsExactlyInAnyOrder("Your video: Fox 0", "Your video: Fox 1", "No video: Cat");
        assertThat(rig.simulator.ledger().jobs()).isEqualTo(3);
        awaitThat(() -> rig.assertNothingLeft());
    }

    @Test
    void aVideoThatCannotBeDecodedHasNoPosterAndNoError() throws Exception {
        Path file = Files.writeString(dir.resolve("no.mp4"), "no video");
        assertThat(new PosterFrame().jpeg(file.toFile())).isNull();
    }

    private void submit(String request, Map<String, String> metadata) throws Exception {
        try (ProducerTemplate template = rig.main().getCamelContext().createProducerTemplate()) {
            template.requestBodyAndHeader("grokvideo:submit?tag=email", request, "CamelGrokVideoMetadata", metadata);
        }
    }

    private List<MimeMessage> mails() throws Exception {
        return new Mailbox(mail.properties()).mails();
    }

    private MimeMessage onlyMail() throws Exception {
        awaitThat(() -> assertThat(mails()).hasSize(1));
        return mails().get(0);
    }

    private static String text(MimeMessage mail) throws Exception {
        return new String(Mailbox.content(mail, "text/plain"), UTF_8);
    }

    private static String html(MimeMessage mail) throws Exception {
        return new String(Mailbox.content(mail, "text/html"), UTF_8);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
