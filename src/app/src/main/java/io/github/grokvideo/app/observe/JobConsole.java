// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.observe;

import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import io.github.grokvideo.app.UsageException;
import io.github.grokvideo.console.ConsoleStartException;
import io.github.grokvideo.console.VideoConsole;
import io.github.grokvideo.console.auth.ConsoleUsers;
import io.github.grokvideo.console.auth.GeneratedPassword;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console, which starts beside the routes: they do not wait the second or more that it takes. */
final class JobConsole implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobConsole.class);
    private static final long STOP_SECONDS = 1;

    private final int port;
    private final ConsoleUsers users;
    private final URI publicUrl;
    /** All is done on its one thread, so that an end in the middle of the start comes after it. */
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> new Thread(work, "grokvideo-console-life"));
    private volatile boolean closing;
    private VideoConsole console;

    private JobConsole(int port, ConsoleUsers users, URI publicUrl) {
        this.port = port;
        this.users = users;
        this.publicUrl = publicUrl;
    }

    /**
     * @param  port      0 = any free one
     * @param  usersFile null = a user with a password made up at start
     * @param  publicUrl where browsers find it, if a proxy stands before it; null = none does
     * @throws UsageException where it could not be started
     */
    static JobConsole prepare(int port, String usersFile, String publicUrl) throws UsageException {
        if (port != 0) {
            LoopbackPort.free(port, "--console-port");
        }
        return new JobConsole(port, isGiven(usersFile) ? users(usersFile.strip()) : null,
                isGiven(publicUrl) ? url(publicUrl.strip()) : null);
    }

    /** @param screen gets the address, and the generated password */
    void begin(CamelContext context, Consumer<String> screen) {
        thread.execute(() -> start(context, screen));
    }

    /** What is still to be ended after {@value #STOP_SECONDS} s ends by itself. */
    @Override
    public void close() {
        closing = true;
        thread.execute(() -> {
            if (console != null) {
                console.close();
            }
        });
        thread.shutdown();
        try {
            thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(CamelContext context, Consumer<String> screen) {
        VideoConsole.Builder builder = VideoConsole.builder().host(LoopbackPort.HOST).port(port).videos(new KeptVideos(context));
        if (users != null) {
            builder.users(users);
        }
        if (publicUrl != null) {
            builder.publicUrl(publicUrl);
        }
        console = builder.build();
        try {
            console.start();
            String password = console.takeGeneratedPassword()
                    .map(made -> "\nLog in as " + GeneratedPassword.USER + " with " + made).orElse("");
            if (!closing) {
                screen.accept("Console: " + console.url() + password);
            }
        } catch (ConsoleStartException e) {
            // The jobs are worth more than the look at them.
            LOG.warn("{}", e.getMessage());
        }
    }

    private static boolean isGiven(String value) {
        return value != null && !value.isBlank();
    }

    private static URI url(String text) throws UsageException {
        try {
            URI url = URI.create(text);
            VideoConsole.builder().publicUrl(url);
            return url;
        } catch (IllegalArgumentException e) {
            throw new UsageException("GROKVIDEO_CONSOLE_URL: " + e.getMessage());
        }
    }

    private static ConsoleUsers users(String file) throws UsageException {
        try {
            return ConsoleUsers.of(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new UsageException("GROKVIDEO_CONSOLE_USERS: the file cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UsageException("GROKVIDEO_CONSOLE_USERS: " + e.getMessage());
        }
    }
}
