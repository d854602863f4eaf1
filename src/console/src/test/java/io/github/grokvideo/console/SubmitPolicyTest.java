// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may make videos in the console, over JMX and by uploads, and what may be uploaded. */
class SubmitPolicyTest extends ConsoleTestBase {

    private static final String SUBMIT = "org.apache.camel:context=making,type=services,name=VideoSubmit";
    private static final int LARGEST = 20 << 20;

    private FakeVideoSubmit submit;

    @TempDir
    private Path directory;
    private Path image;

    @BeforeEach
    void register() throws Exception {
        image = Files.writeString(directory.resolve(FakeVideoSubmit.IMAGE), "an image");
        submit = new FakeVideoSubmit("making", image);
    }

    @AfterEach
    void unregister() throws JMException {
        submit.close();
    }

    private static Map<String, ?> exec(String operation, Object... arguments) {
        return Map.of("type", "exec", "mbean", SUBMIT, "operation", operation, "arguments", List.of(arguments));
    }

    private static HttpRequest.Builder image(Browserless browser, String mbean, String type, HttpRequest.BodyPublisher body) {
        return browser.request("videos/uploads?mbean=" + URLEncoder.encode(mbean, StandardCharsets.UTF_8)).header("Content-Type", type)
                .header("Origin", browser.origin()).POST(body);
    }

    private static HttpResponse<String> upload(Browserless browser, byte[] image) {
        return browser.send(image(browser, SUBMIT, "image/png", BodyPublishers.ofByteArray(image)));
    }

    @ParameterizedTest
    @CsvSource({"offers, 0", "again, 1", "validate, 1", "submit, 2", "'submit(java.lang.String,java.lang.String)', 2"})
    void onlyManagersMakeVideos(String operation, int count) {
        Object[] arguments = new Object[count];
        Arrays.fill(arguments, "x");

        assertThat(loggedIn(TestUsers.VIEWER).jolokia(exec(operation, arguments)).get("status").asInt()).isEqualTo(403);
        assertThat(new Browserless(console).send(new Browserless(console).request("jolokia").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Browserless.json(exec(operation, arguments))))).statusCode()).isIn(401, 403);
        assertThat(submit.calls()).isEmpty();

        assertThat(loggedIn(TestUsers.MANAGER).jolokia(exec(operation, arguments)).get("status").asInt()).isEqualTo(200);
        assertThat(submit.calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"upload", "upload([B)", "image", "image(java.lang.String)", "stop", "start", "suspend"})
    void nobodyCallsAnythingElseOverJmx(String operation) {
        for (String user : List.of(TestUsers.VIEWER, TestUsers.MANAGER)) {
            assertThat(loggedIn(user).jolokia(exec(operation, List.of(1, 2))).get("status").asInt()).as(user).isEqualTo(403);
        }
        assertThat(submit.calls()).isEmpty();
    }

    @Test
    void hawtiosPageLearnsWhoMayMakeVideos() {
        for (String user : List.of(TestUsers.VIEWER, TestUsers.MANAGER)) {
            assertThat(loggedIn(user).jolokia(Map.of("type", "exec", "mbean", "hawtio:type=security,area=jmx,name=GrokVideoInvokeRights",
                    "operation", "canInvoke(java.lang.String,java.lang.String)", "arguments",
                    List.of(SUBMIT, "submit(java.lang.String,java.lang.String)"))).get("value").asBoolean())
                    .isEqualTo(user.equals(TestUsers.MANAGER));
        }
    }

    @Test
    void aManagerUploadsAnImage() {
        HttpResponse<String> answer = upload(loggedIn(TestUsers.MANAGER), new byte[LARGEST]);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(Browserless.tree(answer.body()).get("upload").asText()).hasSize(36);
        assertThat(submit.calls()).containsExactly("upload " + LARGEST);
    }

    @Test
    void nobodyElseUploadsAnything() {
        assertThat(upload(loggedIn(TestUsers.VIEWER), new byte[10]).statusCode()).isEqualTo(403);
        assertThat(upload(new Browserless(console), new byte[10]).statusCode()).isIn(401, 403);
        Browserless manager = loggedIn(TestUsers.MANAGER);
        for (String origin : List.of("http://evil.example", "http://127.0.0.1:1", "null")) {
            assertThat(manager.send(manager.request("videos/uploads?mbean=" + SUBMIT).header("Content-Type", "image/png")
                    .header("Origin", origin).POST(BodyPublishers.ofString("x"))).statusCode()).as(origin).isEqualTo(403);
        }
        assertThat(manager.send(manager.request("videos/uploads?mbean=" + SUBMIT).header("Content-Type", "image/png")
                .POST(BodyPublishers.ofString("x"))).statusCode()).as("without an origin").isEqualTo(403);
        assertThat(manager.send(image(manager, SUBMIT, "image/png", BodyPublishers.ofString("x")).header("Sec-Fetch-Site", "cross-site"))
                .statusCode()).isEqualTo(403);
        assertThat(submit.calls()).isEmpty();
    }

    @Test
    void whatIsTooLargeOrOfUnknownSizeIsNotRead() {
        Browserless manager = loggedIn(TestUsers.MANAGER);

        assertThat(manager.statusOfUnsent("videos/uploads?mbean=" + SUBMIT, "image/png", LARGEST + 1)).isEqualTo(413);
        assertThat(manager.send(image(manager, SUBMIT, "image/png",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[10])))).statusCode()).isEqualTo(411);
        for (String path : List.of("videos/uploads/", "videos/%75ploads", "videos/uploads;x=1", "jolokia",
                "videos/job-1")) {
            assertThat(manager.statusOfUnsent(path, "image/png", (1 << 20) + 1)).as(path).isIn(400, 413);
        }
        assertThat(submit.calls()).isEmpty();
    }

    @Test
    void whatIsNoImageIsRefused() {
        Browserless manager = loggedIn(TestUsers.MANAGER);

        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
            assertThat(manager.send(image(manager, SUBMIT, type, BodyPublishers.ofString("x"))).statusCode()).as(type).isEqualTo(415);
        }
        HttpResponse<String> pdf = upload(manager, "!PDF".getBytes(StandardCharsets.UTF_8));
        assertThat(pdf.statusCode()).isEqualTo(415);
        assertThat(pdf.body()).isEqualTo("The file is a PDF; images must be JPEG, PNG, WebP or GIF");
        assertThat(upload(manager, "?".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(409);
        assertThat(submit.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "org.apache.camel:*", "org.apache.camel:context=*,type=services,name=VideoSubmit",
            "org.apache.camel:context=making,type=services,name=VideoJobs", "java.lang:type=Memory", "nonsense",
            "org.apache.camel:context=gone,type=services,name=VideoSubmit", "com.example:context=making,type=services,name=VideoSubmit"})
    void anUploadGoesToTheComponentOnly(String mbean) {
        Browserless manager = loggedIn(TestUsers.MANAGER);

        assertThat(manager.send(image(manager, mbean, "image/png", BodyPublishers.ofString("x"))).statusCode()).isEqualTo(404);
        assertThat(manager.send(manager.request("videos/uploads")).statusCode()).as("a GET").isIn(404, 405);
        assertThat(submit.calls()).isEmpty();
    }

    @Test
    void anyLoginSeesTheImagesOfRequests() {
        for (String user : List.of(TestUsers.VIEWER, TestUsers.MANAGER)) {
            Browserless browser = loggedIn(user);
            HttpResponse<String> answer = browser.send(browser.request("videos/uploads/" + FakeVideoSubmit.IMAGE));
            assertThat(answer.statusCode()).as(user).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("an image");
            assertThat(answer.headers().firstValue("Content-Type")).contains("image/png");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        }
        Browserless nobody = new Browserless(console);
        assertThat(nobody.send(nobody.request("videos/uploads/" + FakeVideoSubmit.IMAGE)).statusCode()).isIn(302, 401, 403);
    }

    @Test
    void anImageIsSentPieceByPiece() throws Exception {
        byte[] large = new byte[LARGEST];
        new Random(1).nextBytes(large);
        Files.write(image, large);
        Browserless viewer = loggedIn(TestUsers.VIEWER);

        HttpResponse<byte[]> answer = viewer.send(viewer.request("videos/uploads/" + FakeVideoSubmit.IMAGE),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(LARGEST);
        assertThat(answer.body()).isEqualTo(large);
    }

    @Test
    void anImageThatHasGoneOrIsALinkIsNotShown() throws Exception {
        Browserless viewer = loggedIn(TestUsers.VIEWER);
        Path secret = Files.move(image, directory.resolve("secret"));

        assertThat(viewer.send(viewer.request("videos/uploads/" + FakeVideoSubmit.IMAGE)).statusCode()).isEqualTo(404);
        Files.createSymbolicLink(image, secret);
        assertThat(viewer.send(viewer.request("videos/uploads/" + FakeVideoSubmit.IMAGE)).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000002.png", "x.png", "..%2F..%2Fetc%2Fpasswd.png", "%2e%2e/secret.png", ".png",
            "00000000-0000-0000-0000-000000000001.mp4", "00000000-0000-0000-0000-000000000001",
            "00000000-0000-0000-0000-000000000001.png/x"})
    void nothingElseIsShown(String name) {
        Browserless viewer = loggedIn(TestUsers.VIEWER);

        assertThat(viewer.send(viewer.request("videos/uploads/" + name)).statusCode()).isIn(400, 404);
    }

    /** What the fake stands in for. */
    @Test
    void theFakeHasTheOperationsOfTheComponent() throws Exception {
        try (RealVideoJobs real = new RealVideoJobs(directory)) {
            var server = ManagementFactory.getPlatformMBeanServer();
            assertThat(MBeanShape.names(server.getMBeanInfo(new ObjectName(SUBMIT)))).isEqualTo(MBeanShape.names(server.getMBeanInfo(
                    new ObjectName("org.apache.camel:context=" + real.context.getManagementName() + ",type=services,name=VideoSubmit"))));
        }
    }
}
