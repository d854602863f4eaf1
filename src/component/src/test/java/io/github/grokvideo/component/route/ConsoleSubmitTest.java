// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.management.MBeanException;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.camel.GrokVideoAccount;
import io.github.grokvideo.component.camel.GrokVideoComponent;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.store.JobQuery;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people submit over JMX. */
class ConsoleSubmitTest extends SimulatedGateway {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOX = "{\"account\":\"default\",\"fields\":{\"prompt\":\"a secretive fox\",\"duration\":\"6\","
            + "\"resolution\":\"480p\"}}";

    private final Queue<String> completed = new ConcurrentLinkedQueue<>();

    private GrokVideoComponent component() {
        return context.getComponent("grokvideo", GrokVideoComponent.class);
    }

    private void start() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("grokvideo:generate");
                from("grokvideo:completed?tag=console&delay=50&initialDelay=0")
                        .process(exchange -> completed.add(exchange.getMessage().getHeader("CamelGrokVideoJobId", String.class)));
            }
        });
    }

    private void startAllowed() throws Exception {
        component().setConsoleSubmit(true);
        component().setConsoleDirectory(directory.resolve("kept").toString());
        start();
    }

    private void allowed(String name, String provider) {
        GrokVideoAccount account = new GrokVideoAccount(provider, simulator.apiKey(provider));
        account.setBaseUrl(simulator.baseUrl(provider));
        account.setConsoleSubmit(true);
        component().getAccounts().put(name, account);
    }

    private Object call(String operation, Object... arguments) throws Exception {
        ObjectName bean = ManagementFactory.getPlatformMBeanServer().queryNames(
                new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",type=services,name=VideoSubmit*"), null)
                .iterator().next();
        String[] types = Arrays.stream(arguments).map(argument -> argument.getClass().getName()).toArray(String[]::new);
        try {
            return ManagementFactory.getPlatformMBeanServer().invoke(bean, operation, arguments, types);
        } catch (MBeanException | RuntimeMBeanException e) {
            throw (Exception) e.getCause();
        }
    }

    private JsonNode jmx(String operation, Object... arguments) throws Exception {
        return JSON.readTree((String) call(operation, arguments));
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private VideoJob job(String id) {
        return component().getEngine().find(id).orElseThrow();
    }

    private VideoJob ended(String id) {
        await().atMost(Duration.ofSeconds(20)).until(() -> job(id).state().isEnded());
        return job(id);
    }

    private String made(String form) throws Exception {
        JsonNode answer = jmx("submit", form, key());
        assertThat(answer.has("job")).as(answer.toString()).isTrue();
        return answer.get("job").asText();
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", out);
        return out.toByteArray();
    }

    private List<Path> uploaded() throws IOException {
        Path uploads = directory.resolve("work/console-uploads");
        if (!Files.isDirectory(uploads)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(uploads)) {
            return files.toList();
        }
    }

    @Test
    void anAccountThatDoesNotAllowItPaysForNothing() throws Exception {
        start();

        assertThat(jmx("offers").get("accounts")).isEmpty();
        assertThatThrownBy(() -> call("validate", FOX)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not let the console make videos").hasMessageContaining("consoleSubmit");
        assertThat(jmx("submit", FOX, key()).get("refused").asText()).contains("consoleSubmit");
        assertThatThrownBy(() -> call("upload", png())).hasMessageContaining("consoleSubmit");
        assertThatThrownBy(() -> call("again", "any")).hasMessageContaining("consoleSubmit");
        assertThat(uploaded()).isEmpty();
        assertThat(posts()).isZero();
    }

    @Test
    void otherAccountsAllowItByThemselves() throws Exception {
        allowed("team", "toapis");
        component().getAccounts().put("closed", new GrokVideoAccount("toapis", simulator.apiKey("toapis")));
        GrokVideoAccount incomplete = new GrokVideoAccount();
        incomplete.setConsoleSubmit(true);
        context.getRegistry().bind("incomplete", incomplete);
        start();

        JsonNode accounts = jmx("offers").get("accounts");

        assertThat(accounts).hasSize(1);
        assertThat(accounts.get(0).get("name").asText()).isEqualTo("team");
        assertThat(accounts.get(0).get("provider").asText()).isEqualTo("toapis");
        assertThat(accounts.get(0).get("keeps").asBoolean()).isFalse();
        assertThat(accounts.toString()).contains("aspectRatio", "\"16:9\"", "text-to-video").doesNotContain(simulator.apiKey("toapis"));
    }

    @Test
    void theVideoStaysInTheDirectoryOfTheAccount() throws Exception {
        startAllowed();

        VideoJob job = ended(made(FOX));

        assertThat(job.state()).isEqualTo(JobState.DELIVERED);
        assertThat(job.tag()).isEqualTo("console");
        assertThat(job.file().getParent()).isEqualTo(directory.resolve("kept"));
        assertThat(job.file().getFileName().toString()).matches("video-\\d{8}-\\d{6}\\.mp4");
        assertThat(job.file()).isNotEmptyFile();
        assertThat(completed).isEmpty();
        assertThat(simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void aVideoGetsTheNameThatAPersonGives() throws Exception {
        startAllowed();

        String named = FOX.replace("\"fields\"", "\"fileName\":\"fox\",\"fields\"");
        assertThat(ended(made(named)).file()).isEqualTo(directory.resolve("kept/fox.mp4"));
        assertThat(ended(made(named)).file()).isEqualTo(directory.resolve("kept/fox-2.mp4"));
        for (String trick : List.of("../fox", "/etc/fox", ".fox", "a\\\\b")) {
            JsonNode refused = jmx("submit", FOX.replace("\"fields\"", "\"fileName\":\"" + trick + "\",\"fields\""), key());
            assertThat(refused.get("violations").get(0).get("field").asText()).isEqualTo("fileName");
        }
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void withoutADirectoryAConsumerOfCompletedTakesIt() throws Exception {
        component().setConsoleSubmit(true);
        start();

        String id = made(FOX);

        await().atMost(Duration.ofSeconds(20)).until(() -> completed.contains(id) && job(id).state() == JobState.DELIVERED);
    }

    @Test
    void twoSubmitsOfOneFormAtOnceAreOneJob() throws Exception {
        startAllowed();
        String key = key();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<JsonNode>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                answers.add(threads.submit(() -> jmx("submit", FOX, key)));
            }
            for (Future<JsonNode> answer : answers) {
                assertThat(answer.get()).isEqualTo(answers.get(0).get());
            }
        } finally {
            threads.shutdownNow();
        }
        JsonNode later = jmx("submit", FOX, key);

        assertThat(posts()).isEqualTo(1);
        assertThat(simulator.ledger().jobs()).isEqualTo(1);
        ended(later.get("job").asText());
        assertThat(jmx("submit", FOX, key)).isEqualTo(later);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aFormMakesNoSecondJobWithOtherContentsOrAtAnotherAccount() throws Exception {
        allowed("team", "toapis");
        startAllowed();
        String key = key();
        String id = jmx("submit", FOX, key).get("job").asText();

        JsonNode already = JSON.createObjectNode().put("already", id);
        assertThat(jmx("submit", FOX.replace("fox", "crow"), key)).isEqualTo(already);
        assertThat(jmx("submit", FOX.replace("default", "team"), key)).isEqualTo(already);
        assertThatThrownBy(() -> call("submit", FOX, "short")).hasMessageContaining("has no key");
        assertThat(posts()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xai", "toapis"})
    void oneFormWithTwoAccountsAtOnceIsOneJob(String provider) throws Exception {
        allowed("team", provider);
        startAllowed();
        String key = key();
        CountDownLatch both = new CountDownLatch(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<JsonNode> answers = new ArrayList<>();
        try {
            List<Future<JsonNode>> submits = Stream.of("default", "team").map(account -> threads.submit(() -> {
                both.countDown();
                both.await();
                return jmx("submit", FOX.replace("default", account), key);
            })).toList();
            for (Future<JsonNode> submit : submits) {
                answers.add(submit.get());
            }
        } finally {
            threads.shutdownNow();
        }

        JsonNode made = answers.get(answers.get(0).has("job") ? 0 : 1);
        assertThat(answers).containsExactlyInAnyOrder(made, JSON.createObjectNode().put("already", made.path("job").asText()));
        ended(made.get("job").asText());
        assertThat(posts()).isEqualTo(1);
        assertThat(simulator.ledger().jobs()).isEqualTo(1);
    }

    @Test
    void theModelOfTheComponentIsNotThatOfOtherAccounts() throws Exception {
        allowed("team", "toapis");
        component().getConfiguration().setModel("grok-imagine-video");
        startAllowed();

        JsonNode offered = jmx("offers").get("accounts");
        assertThat(jmx("validate", FOX).get("model").asText()).isEqualTo(offered.get(0).get("model").asText())
                .isEqualTo("grok-imagine-video");
        JsonNode other = jmx("validate", FOX.replace("default", "team"));
        assertThat(other.get("violations")).isEmpty();
        assertThat(other.get("model").asText()).isEqualTo(offered.get(1).get("model").asText()).isNotEqualTo("grok-imagine-video");
        assertThat(ended(made(FOX.replace("default", "team"))).state()).isIn(JobState.DOWNLOADED, JobState.DELIVERED);
    }

    @Test
    void aRefusedFormCanBeCorrectedAndALostAnswerCannot() throws Exception {
        allowed("team", "toapis");
        startAllowed();
        String key = key();

        for (int i = 0; i < 2; i++) {
            JsonNode refused = jmx("submit", FOX.replace("fox", "fox [[fault:submit-400 times=2]]"), key);
            assertThat(refused.path("refused").asText()).as(refused.toString()).contains("400");
            assertThat(refused).hasSize(1);
        }
        String elsewhere = jmx("submit", FOX.replace("default", "team"), key).get("job").asText();
        assertThat(job(elsewhere).account()).isEqualTo("team");
        assertThat(jmx("submit", FOX, key).get("already").asText()).isEqualTo(elsewhere);

        String lost = key();
        String form = FOX.replace("fox", "fox [[fault:reset-after-create]]");
        String id = jmx("submit", form, lost).get("job").asText();
        assertThat(job(id).state()).isEqualTo(JobState.UNKNOWN);
        assertThat(jmx("submit", form, lost).get("job").asText()).isEqualTo(id);
        assertThat(simulator.ledger().jobs()).isEqualTo(2);
    }

    @Test
    void everyViolationIsToldAndNothingIsSent() throws Exception {
        startAllowed();
        String form = "{\"account\":\"default\",\"fields\":{\"duration\":\"99\",\"resolution\":\"8K\",\"aspectRatio\":\"1:7\"}}";

        JsonNode checked = jmx("validate", form.replace("\"duration\"", "\"prompt\":\"a fox\",\"duration\""));
        assertThat(checked.get("violations").findValuesAsText("field")).contains("duration", "resolution", "aspectRatio");
        assertThat(checked.get("estimate").isNull()).isTrue();
        assertThat(jmx("validate", form).get("violations").findValuesAsText("field")).contains("prompt");
        assertThat(jmx("validate", form.replace("\"99\"", "\"long\"")).get("violations").findValuesAsText("field"))
                .as("what cannot be read, and all else").contains("duration", "resolution", "aspectRatio", "prompt");
        assertThat(jmx("validate", "{\"account\":\"default\"}").get("violations").get(0).get("allowed").asText())
                .startsWith("is required: text");
        assertThat(jmx("submit", form, key()).get("violations")).isNotEmpty();
        assertThat(posts()).isZero();
        assertThat(component().getEngine().operations().page(JobQuery.NEWEST).total()).isZero();
    }

    @Test
    void theEstimateAndWhatTheBudgetLeaves() throws Exception {
        component().setStoreBudget("2 USD/day");
        component().setTagBudgets(Map.of("console", "1 USD/month"));
        startAllowed();

        JsonNode first = jmx("validate", FOX);
        ended(made(FOX));
        JsonNode second = jmx("validate", FOX);

        assertThat(first.get("estimate").get("amount").asText()).isEqualTo("0.3");
        assertThat(first.get("mode").asText()).isEqualTo("text-to-video");
        assertThat(first.get("budgets").findValuesAsText("budget")).containsExactly("store/day", "tag:console/month");
        assertThat(first.get("budgets").findValuesAsText("left")).containsExactly("2", "1");
        assertThat(first.get("budgets").findValuesAsText("leftAfter")).containsExactly("1.7", "0.7");
        assertThat(second.get("budgets").findValuesAsText("leftAfter")).containsExactly("1.4", "0.4");
        assertThat(jmx("validate", FOX.replace("\"6\"", "\"15\"")).get("warnings")).isNotEmpty();
        assertThat(jmx("submit", FOX.replace("\"6\"", "\"15\""), key()).get("refused").asText()).contains("tag:console/month");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void anUploadedImageIsSent() throws Exception {
        startAllowed();
        String id = (String) call("upload", (Object) png());
        String form = FOX.replace("\"fields\"", "\"images\":[{\"upload\":\"" + id + "\"}],\"fields\"");

        assertThat(jmx("validate", form).get("mode").asText()).isEqualTo("image-to-video");
        VideoJob job = ended(made(form));

        assertThat(job.state()).isEqualTo(JobState.DELIVERED);
        assertThat(job.request().images()).singleElement().isInstanceOf(Media.LocalFile.class);
        assertThat(uploaded()).as("for a retry").hasSize(1);
        Path image = ((Media.LocalFile) job.request().images().get(0)).path();
        assertThat(Path.of((String) call("image", image.getFileName().toString()))).isEqualTo(image.toAbsolutePath())
                .hasBinaryContent(png());
        for (String other : List.of(id, id + ".jpg", id + ".part", "../" + id + ".png", "none", "")) {
            assertThatThrownBy(() -> call("image", (Object) other)).as(other).hasMessageContaining("no longer here");
        }
    }

    @Test
    void onlyImagesAreTaken() throws Exception {
        startAllowed();

        assertThatThrownBy(() -> call("upload", (Object) "GIF9".getBytes(StandardCharsets.UTF_8))).hasMessageContaining("images must be");
        assertThatThrownBy(() -> call("upload", (Object) "%PDF-1.7".getBytes(StandardCharsets.UTF_8))).hasMessageContaining("is a PDF");
        assertThatThrownBy(() -> call("upload", (Object) "<svg onload='x'/>".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("no image");
        byte[] video = new byte[64];
        System.arraycopy("\0\0\0\030ftypmp42".getBytes(StandardCharsets.ISO_8859_1), 0, video, 0, 12);
        assertThatThrownBy(() -> call("upload", (Object) video)).hasMessageContaining("is an MP4 video");
        byte[] large = Arrays.copyOf(png(), (20 << 20) + 1);
        assertThatThrownBy(() -> call("upload", (Object) large)).hasMessageContaining("more than 20971520");
        assertThat(uploaded()).isEmpty();
    }

    @Test
    void nothingElseOnThisMachineCanBeNamed() throws Exception {
        startAllowed();
        Path secret = Files.write(directory.resolve("secret.png"), png());

        for (String image : List.of("{\"upload\":\"../../secret\"}", "{\"upload\":\"" + secret + "\"}", "{\"kept\":0}",
                "{\"upload\":\"" + key() + "\"}")) {
            JsonNode answer = jmx("submit", FOX.replace("\"fields\"", "\"images\":[" + image + "],\"fields\""), key());
            assertThat(answer.get("violations").findValuesAsText("field")).as(image).containsExactly("images");
        }
        assertThat(jmx("submit", FOX.replace("\"fields\"", "\"images\":[{\"url\":\"" + secret + "\"}],\"fields\""), key()).get("refused")
                .asText()).contains("load the page again");
        JsonNode video = jmx("validate", FOX.replace("\"prompt\"", "\"video\":\"" + secret + "\",\"prompt\""));
        assertThat(video.get("violations").findValuesAsText("field")).containsExactly("video");
        for (String field : List.of("callbackUrl", "uploadUrl", "additionalFields", "firstFrame", "storage")) {
            assertThatThrownBy(() -> call("validate", FOX.replace("\"prompt\"", "\"" + field + "\":\"https://evil.example\",\"prompt\"")))
                    .hasMessageContaining("cannot set the field '" + field + "'");
        }
        assertThatThrownBy(() -> call("validate", "{\"prompt\": \"a secret")).hasMessageContaining("load the page again");
        assertThat(posts()).isZero();
    }

    @Test
    void anImageThatMayNotBeSentIsNamedWithoutItsPath() throws Exception {
        allowed("team", "fal");
        startAllowed();
        String id = (String) call("upload", (Object) png());
        Files.write(uploaded().get(0), "no image any more".getBytes(StandardCharsets.UTF_8));

        JsonNode checked = jmx("validate", FOX.replace("\"fields\"", "\"images\":[{\"upload\":\"" + id + "\"}],\"fields\""));

        assertThat(checked.get("violations").findValuesAsText("field")).contains("images");
        assertThat(checked.toString()).doesNotContain(directory.toString());
    }

    @Test
    void moreImagesThanAFormMayHaveAreAViolation() throws Exception {
        startAllowed();
        String images = String.join(",", Collections.nCopies(21, "{\"upload\":\"" + key() + "\"}"));

        JsonNode violations = jmx("validate", FOX.replace("\"fields\"", "\"images\":[" + images + "],\"fields\"")).get("violations");

        assertThat(violations).hasSize(1);
        assertThat(violations.get(0).get("field").asText()).isEqualTo("images");
        assertThat(violations.get(0).get("allowed").asText()).contains("at most 20");
    }

    @Test
    void anOptionThatIsWrongIsNoFaultOfTheFileName() throws Exception {
        startAllowed();
        component().getConfiguration().setMediaPublisher("nosuchscheme:x");

        JsonNode refused = jmx("submit", FOX, key());

        assertThat(refused.path("refused").asText()).contains("mediaPublisher", "nosuchscheme");
        assertThatThrownBy(() -> call("validate", FOX)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mediaPublisher");
        assertThat(posts()).isZero();
    }

    @Test
    void anImageThatCannotBeWrittenIsRefusedWithoutAPath() throws Exception {
        startAllowed();
        Files.createDirectories(directory.resolve("work"));
        Files.writeString(directory.resolve("work/console-uploads"), "a file in its place");

        assertThatThrownBy(() -> call("upload", (Object) png())).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("work directory").hasMessageNotContaining(directory.toString());
    }

    @Test
    void openingAFormDeletesOldImagesToo() throws Exception {
        startAllowed();
        call("upload", (Object) png());
        for (Path file : uploaded()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        }

        jmx("offers");

        assertThat(uploaded()).isEmpty();
    }

    @Test
    void imagesThatNobodyUsesAreDeletedAfterADay() throws Exception {
        startAllowed();
        String old = (String) call("upload", (Object) png());
        String used = (String) call("upload", (Object) png());
        for (Path file : uploaded()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        }
        jmx("validate", FOX.replace("\"fields\"", "\"images\":[{\"upload\":\"" + used + "\"}],\"fields\""));
        call("upload", (Object) png());

        assertThat(uploaded()).hasSize(2).noneMatch(file -> file.getFileName().toString().startsWith(old))
                .anyMatch(file -> file.getFileName().toString().startsWith(used));
    }

    @Test
    void anotherStartsFromAStoredRequestAndShowsNoPrompt() throws Exception {
        startAllowed();
        String image = (String) call("upload", (Object) png());
        String first = made(FOX.replace("\"fields\"", "\"images\":[{\"upload\":\"" + image + "\"}],\"fields\""));
        ended(first);

        JsonNode again = jmx("again", first);

        assertThat(again.toString()).doesNotContain("secretive");
        assertThat(again.get("fields").get("duration").asInt()).isEqualTo(6);
        assertThat(again.get("keep")).hasSize(1);
        assertThat(again.get("keep").get(0).asText()).isEqualTo("prompt");
        assertThat(again.get("images")).hasSize(1);
        assertThat(again.get("complete").asBoolean()).isTrue();
        String form = "{\"account\":\"default\",\"again\":\"" + first + "\",\"keep\":[\"prompt\"],\"images\":[{\"kept\":0}],"
                + "\"fields\":{\"duration\":8,\"resolution\":\"480p\"}}";
        VideoJob second = ended(made(form));
        assertThat(second.request().prompt()).isEqualTo("a secretive fox");
        assertThat(second.request().duration()).isEqualTo(8);
        assertThat(second.request().images()).isEqualTo(job(first).request().images());
        VideoJob third = ended(made(form.replace("\"duration\"", "\"prompt\":\"a crow\",\"duration\"")));
        assertThat(third.request().prompt()).isEqualTo("a crow");
        assertThat(jmx("validate", form.replace("\"keep\":[\"prompt\"],", "").replace("\"images\":[{\"kept\":0}],", "")).get("violations"))
                .isNotEmpty();
    }

    @Test
    void aPromptThatMayBeShownIs() throws Exception {
        component().setShowPrompts(true);
        startAllowed();
        String first = made(FOX);
        ended(first);

        JsonNode again = jmx("again", first);

        assertThat(again.get("fields").get("prompt").asText()).isEqualTo("a secretive fox");
        assertThat(again.get("keep")).isEmpty();
    }
}
