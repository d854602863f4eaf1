// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import io.github.grokvideo.app.observe.ObserveChoice;
import io.github.grokvideo.app.routes.RouteChoice;
import io.github.grokvideo.servers.ServerChoice;

/**
 * What the command line says.
 *
 * @param inbox   watched for prompts
 * @param outbox  gets the videos
 * @param prompts samples that are copied into the inbox
 * @param once    end when the samples are done
 * @param help    only explain
 * @param routes  the route files that run
 * @param with    servers that are started for them
 * @param observe the console and metrics
 */
public record AppOptions(
        Path inbox, Path outbox, Path prompts, boolean once, boolean help, RouteChoice routes, ServerChoice with,
        ObserveChoice observe) {

    public static final AppOptions DEFAULTS
            = new AppOptions(Path.of("inbox"), Path.of("outbox"), Path.of("examples", "prompts"), false, false,
            RouteChoice.DEFAULT, ServerChoice.NONE, ObserveChoice.DEFAULT);

    /** What {@code --help} prints. */
    public static final String HELP = """
            Makes videos of the prompts you drop into a folder.

              mvn -q -DskipTests package exec:java
              mvn -q -DskipTests package exec:java -Dexec.args="--once --outbox=/tmp/videos"

            Options
              --once          end when the samples are done; the exit code is 0 only if all became videos, but for those that
                              are left out
              --inbox=DIR     the folder that is watched         (inbox)
              --outbox=DIR    where the videos go                (outbox)
              --prompts=DIR   samples to copy into the inbox     (examples/prompts)
              --routes=NAMES  files of routes/ to run, by name  (file-to-file,image-to-video)
              --with=SERVERS  start servers for them, on free ports of this machine: s3, artemis, mail, kafka; artemis:61616 fixes
                              the port; what they hold is in data/
              --console-port=N  the console's port on this machine; 0, the default, is any free one. With --once there is a
                              console only if this is given
              --no-console    leave it and JMX out
              --observe-port=N  serve metrics (/observe/metrics, for Prometheus) and health (/observe/health) there
              --help          this text

            Prompts
              inbox/fox.txt                      a prompt; becomes outbox/fox.mp4
              inbox/fox.json                     {"prompt": "...", "duration": 6, "aspectRatio": "16:9", "resolution": "720p",
                                                  "images": ["media/fox.jpg"], "video": "media/fox.mp4", "mode": "edit"}
              inbox/images/fox.png with fox.txt  a video that begins with the image
              Finished prompts go to .done in the same folder, failed ones to .failed beside a .error.json that says why.

            Gateway
              Without these the simulator is used: no key, no cost. With them every prompt is paid for.
              GROKVIDEO_PROVIDER   xai, toapis, reapi, aivideoapi or uniall
              GROKVIDEO_API_KEY    its key
              GROKVIDEO_BASE_URL   another host than the provider's own
              GROKVIDEO_MODEL      another model than the provider's default
              Or the same as grokvideo.provider, grokvideo.apiKey, ... or camel.component.grokvideo.provider, ... in an
              application.properties on the class path. A sample whose video is in the outbox is not paid for again; one
              that the gateway cannot make is left out, with the reason. "est." marks a cost the gateway did not tell.

            Jobs
              They are kept in data/: after Ctrl-C or a crash the same command goes on with them, and pays for none twice.
              GROKVIDEO_DATA       another folder than data

            Console
              Its URL is printed at start, with a password for the user admin, made up for this run.
              GROKVIDEO_CONSOLE_USERS  a file of users instead, lines "name = role hash" as the class
                                       io.github.grokvideo.console.auth.PasswordCommand prints them
              GROKVIDEO_CONSOLE_URL    where browsers find it if a TLS proxy of this machine stands before it, such as
                                       https://console.example.com

            HTTP (rest-api, --observe-port)
              GROKVIDEO_HTTP_HOSTS     names of a proxy before it, with commas between them: others than this machine's get a 421

            Exit codes: 0 all samples became videos (or stopped by Ctrl-C before: 130), 1 some did not, 2 it could not start.
            The log is in data/grokvideo.log.
            """;

    /** @throws UsageException naming the argument, without its value: it could be a key */
    public static AppOptions parse(List<String> args) throws UsageException {
        Path inbox = DEFAULTS.inbox;
        Path outbox = DEFAULTS.outbox;
        Path prompts = DEFAULTS.prompts;
        boolean once = false;
        boolean help = false;
        RouteChoice routes = DEFAULTS.routes;
        ServerChoice with = DEFAULTS.with;
        ObserveChoice observe = DEFAULTS.observe;
        for (String arg : args) {
            int equals = arg.indexOf('=');
            String name = equals < 0 ? arg : arg.substring(0, equals);
            String value = equals < 0 ? null : arg.substring(equals + 1);
            switch (name) {
                case "--inbox" -> inbox = folder(name, value);
                case "--outbox" -> outbox = folder(name, value);
                case "--prompts" -> prompts = folder(name, value);
                case "--once" -> once = flag(name, value);
                case "--routes" -> routes = RouteChoice.parse(value);
                case "--with" -> with = ServerChoice.parse(value);
                case "--console-port", "--no-console", "--observe-port" -> observe = observe.with(name, value);
                case "--help", "-h" -> help = flag(name, value);
                default -> throw unknown(name);
            }
        }
        return new AppOptions(inbox, outbox, prompts, once, help, routes, with, observe);
    }

    private static Path folder(String name, String value) throws UsageException {
        if (value == null || value.isBlank()) {
            throw new UsageException(name + " needs a folder: " + name + "=DIR");
        }
        try {
            return Path.of(value).normalize();
        } catch (InvalidPathException e) {
            throw new UsageException(name + " is not a folder's name: " + e.getReason());
        }
    }

    private static boolean flag(String name, String value) throws UsageException {
        if (value != null) {
            throw new UsageException(name + " takes no value");
        }
        return true;
    }

    private static UsageException unknown(String name) {
        if (name.toLowerCase(java.util.Locale.ROOT).contains("key")) {
            return new UsageException("A key does not belong on the command line, where everyone on this machine can read it:"
                    + " set GROKVIDEO_API_KEY in the environment");
        }
        return new UsageException("Unknown argument " + PlainText.of(name)
                + ": there are --once, --inbox=DIR, --outbox=DIR, --prompts=DIR, --routes=NAMES, --with=SERVERS,"
                + " --console-port=N, --no-console, --observe-port=N and --help");
    }
}
