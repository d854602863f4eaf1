// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import io.github.grokvideo.console.auth.ConsoleUser;
import io.github.grokvideo.console.auth.ConsoleUsers;
import io.github.grokvideo.console.auth.PasswordHash;
import io.github.grokvideo.console.auth.Role;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/**
 * The console with 50,000 made-up jobs, to work on the tab: users {@code ann} (manager) and {@code vic} (viewer), password {@code secret}.
 */
final class ConsoleDemo {

    private ConsoleDemo() {
    }

    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().withName("demo");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:tick?period=5000").routeId("tick").setBody(simple("hello")).to("log:demo");
            }
        });
        Path video = SampleVideo.write(Files.createTempFile("console-demo", ".mp4"));
        PasswordHash secret = PasswordHash.of("secret".toCharArray(), PasswordHash.MIN_ITERATIONS);
        ConsoleUsers users = ConsoleUsers.of(List.of(new ConsoleUser("ann", Role.MANAGER, secret),
                new ConsoleUser("vic", Role.VIEWER, secret)));
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8778;
        try (FakeVideoJobs jobs = new FakeVideoJobs("demo", SampleJobs.jobs(50_000, Instant.now()));
                FakeVideoSpending spending = new FakeVideoSpending("demo");
                FakeVideoProblems problems = new FakeVideoProblems("demo", jobs);
                VideoConsole console = VideoConsole.builder().port(port).users(users).videos(id -> Optional.of(video)).build()) {
            console.start();
            System.out.println(console.url());
            main.run();
        } finally {
            Files.deleteIfExists(video);
        }
    }
}
