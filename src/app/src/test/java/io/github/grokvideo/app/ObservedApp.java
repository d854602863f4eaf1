// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import io.github.grokvideo.console.auth.PasswordCommand;

/** What the app says of its console and its metrics. */
final class ObservedApp {

    static final String PASSWORD = "Caf\u00e9 au lait";

    private static final Duration LONGEST = Duration.ofSeconds(90);

    private ObservedApp() {
    }

    /** @return a file with the users {@code ann}, a manager, and {@code vic}, a viewer */
    static Path users(Path dir) throws IOException {
        return Files.write(dir.resolve("users.properties"), List.of(PasswordCommand.line("ann", "manager", PASSWORD.toCharArray()),
                PasswordCommand.line("vic", "viewer", PASSWORD.toCharArray())));
    }

    static String consoleUrl(AppProcess app) throws IOException {
        return said(app, "(?m)^Console: (http://127\\.0\\.0\\.1:\\d+/hawtio/)$");
    }

    static String password(AppProcess app) throws IOException {
        return said(app, "(?m)^Log in as admin with (\\S+)$");
    }

    /** @return with a slash at its end */
    static String observeUrl(AppProcess app) throws IOException {
        return said(app, "(?m)^Metrics: (http://127\\.0\\.0\\.1:\\d+/observe/)metrics$");
    }

    static String said(AppProcess app, String pattern) throws IOException {
        Pattern line = Pattern.compile(pattern);
        await().atMost(LONGEST).until(() -> line.matcher(app.out()).find() || !app.isAlive());
        Matcher found = line.matcher(app.out());
        if (!found.find()) {
            throw new AssertionError("The app did not say " + pattern + ": " + app.out() + app.err());
        }
        return found.groupCount() == 0 ? found.group() : found.group(1);
    }
}
