// SPDX-License-Identifier: Apache-2.0
package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.grokvideo.testing.GrokVideoExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code camel export} makes of the route is built and run. */
class ExportTest {

    private static final String GROKVIDEO = "--dep=mvn:io.github.grokvideo:";
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin/java").toString();
    private static final String REPOSITORY = "-Dmaven.repo.local=" + System.getProperty("repository");

    @RegisterExtension
    static GrokVideoExtension video = GrokVideoExtension.create();

    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({
        "main, camel-grokvideo, --java-version=17",
        "spring-boot, camel-grokvideo-starter, --java-version=17 --spring-boot-version=3.5.7 --camel-spring-boot-version=4.18.0"})
    void theExportedProjectMakesAVideo(String runtime, String artifact, String options) throws Exception {
        Path project = export(runtime, artifact, options.split(" "));
        restoreJobStore(project.resolve("src/main/resources/application.properties"));
        finish(project, List.of(System.getProperty("maven") + "/bin/mvn", "-B", REPOSITORY, "-DskipTests", "package"));

        Path work = Files.createDirectories(dir.resolve("work"));
        Path prompt = Files.createDirectories(work.resolve("inbox")).resolve("fox.txt");
        Files.writeString(prompt, "A fox runs through fresh snow");
        Path made = work.resolve("outbox/fox.mp4");
        try (Program program = Program.start(work, command(project), Map.of("XAI_API_KEY", key()))) {
            await().atMost(Duration.ofSeconds(90)).until(() -> {
                program.requireAlive();
                return Files.exists(work.resolve("inbox/.camel/fox.txt"));
            });
        }

        assertThat(new String(Files.readAllBytes(made), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
        assertThat(work.resolve("data/jobs.mv.db")).isNotEmptyFile();
        video.assertPaidOnce();
        Files.writeString(Path.of("target/seen.txt"), (runtime.equals("main") ? "exported by Camel CLI " + System.getProperty("cli")
                + " and built: " : ", ") + "a video of " + Files.size(made) + " bytes on " + runtime,
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path export(String runtime, String artifact, String... options) throws Exception {
        Path routes = Files.createDirectories(dir.resolve("routes"));
        for (String file : List.of("route.camel.yaml", "application.properties")) {
            Files.copy(Path.of(file), routes.resolve(file));
        }
        Path project = dir.resolve("videos");
        List<String> command = new ArrayList<>(List.of(JAVA, REPOSITORY, "-Duser.home=" + dir.resolve("home"), "-cp",
                System.getProperty("surefire.test.class.path"), CamelCli.class.getName(), "export", "route.camel.yaml",
                "application.properties", "--runtime=" + runtime, "--camel-version=" + System.getProperty("camel"),
                "--kamelets-version=" + System.getProperty("camel"), "--gav=com.example:videos:1.0", "--dir=" + project,
                dependency(artifact), dependency("camel-grokvideo-jdbc"),
                "--dep=mvn:com.h2database:h2:2.4.240"));
        command.addAll(List.of(options));
        Path settings = Path.of(System.getProperty("user.home"), ".m2/settings.xml");
        if (Files.exists(settings)) {
            command.add("--maven-settings=" + settings);
        }
        finish(routes, command);
        return project;
    }

    private static String dependency(String artifact) {
        return GROKVIDEO + artifact + ":" + System.getProperty("grokvideo");
    }

    /** camel export takes a directory for a file that it has copied into the class path. */
    private static void restoreJobStore(Path properties) throws IOException {
        String exported = Files.readString(properties);
        assertThat(exported).contains("job-store=classpath:data");
        Files.writeString(properties, exported.replace("classpath:data", "file:data"));
    }

    private void finish(Path directory, List<String> command) throws Exception {
        try (Program program = Program.start(directory, command, Map.of("JAVA_HOME", System.getProperty("java.home")))) {
            program.succeed();
        }
    }

    private static String key() {
        return video.properties().get("camel.component.grokvideo.api-key");
    }

    /** The simulator's address and short times; the rest is in the project. */
    private static List<String> command(Path project) {
        List<String> command = new ArrayList<>(List.of(JAVA, "-Dserver.port=0"));
        for (String name : List.of("base-url", "poll-interval", "max-poll-interval")) {
            String option = "camel.component.grokvideo." + name;
            command.add("-D" + option + "=" + video.properties().get(option));
        }
        command.addAll(List.of("-jar", project.resolve("target/videos-1.0.jar").toString()));
        return command;
    }
}
