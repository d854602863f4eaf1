// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import io.github.grokvideo.app.observe.ObserveChoice;
import io.github.grokvideo.app.routes.RouteChoice;
import io.github.grokvideo.servers.ServerChoice;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The options of the app, how they are read, and the text of {@code --help}. */
@Command(
        name = "grokvideo", sortOptions = false, usageHelpWidth = 120, usageHelpAutoWidth = false,
        headerHeading = "", header = "Makes videos of the prompts that you put into a folder.%n",
        customSynopsis = {
                "mvn -q -DskipTests package exec:java",
                "       mvn -q -DskipTests package exec:java -Dexec.args=\"--once --outbox=/tmp/videos\""},
        optionListHeading = "%nOptions%n", footerHeading = "%n", footer = AppCommandLine.NOTES)
final class AppCommandLine {

    static final String NOTES = """
            Prompts
              inbox/fox.txt                      a prompt; becomes outbox/fox.mp4
              inbox/fox.json                     {"prompt": "...", "duration": 6, "aspectRatio": "16:9", "resolution": "720p",
                                                  "images": ["media/fox.jpg"], "video": "media/fox.mp4", "mode": "edit"}
              inbox/images/fox.png with fox.txt  a video that begins with the image
              Finished prompts go to .done in the same folder, failed ones to .failed next to a .error.json with the reason.

            Gateway
              Without these the simulator is used: no key, no cost. With them every prompt is paid for.
              GROKVIDEO_PROVIDER   xai, toapis, reapi, aivideoapi, uniall, openai, openrouter or fal
              GROKVIDEO_API_KEY    its key
              GROKVIDEO_BASE_URL   another host than the provider's own
              GROKVIDEO_MODEL      another model than the provider's default
              Or the same as grokvideo.provider, grokvideo.apiKey, ... or camel.component.grokvideo.provider, ... in an
              application.properties on the class path. A sample whose video is in the outbox is not paid for again; one
              that the gateway cannot make is left out, with the reason. "est." marks a cost that is an estimate.

            Jobs
              They are kept in data/: after Ctrl-C or a crash the same command continues them and pays for none twice.
              GROKVIDEO_DATA       another folder than data

            Console
              Its URL is printed at start, with a password for the user admin that is valid for this run.
              GROKVIDEO_CONSOLE_USERS  a file of users instead, lines "name = role hash" as the class
                                       io.github.grokvideo.console.auth.PasswordCommand prints them
              GROKVIDEO_CONSOLE_URL    its address in browsers if a TLS proxy on this machine forwards to it, such as
                                       https://console.example.com

            HTTP (rest-api, openai-api, --observe-port)
              GROKVIDEO_HTTP_HOSTS     names of a proxy before it, separated by commas; requests to other names than these
                                       and this machine's get a 421

            Exit codes: 0 all samples became videos, 1 some did not, 2 the app could not start, 130 stopped by Ctrl-C.
            The log is in data/grokvideo.log.""";

    private static final int LARGEST_PORT = 65535;

    /** How values are read; a value that is not allowed is an {@link IllegalArgumentException} that says what is. */
    private static final Map<Class<?>, Function<String, ?>> READERS = Map.of(
            Path.class, AppCommandLine::folder, Integer.class, AppCommandLine::port,
            RouteChoice.class, RouteChoice::parse, ServerChoice.class, ServerChoice::parse);

    @Option(names = "--once", arity = "0", description = "end when the samples are done; the exit code is 0 only if all samples became"
            + " videos, except those that are left out")
    private boolean once;

    @Option(names = "--inbox", paramLabel = "DIR", description = "the folder that is watched (default: inbox)")
    private Path inbox = AppOptions.DEFAULTS.inbox();

    @Option(names = "--outbox", paramLabel = "DIR", description = "where the videos go (default: outbox)")
    private Path outbox = AppOptions.DEFAULTS.outbox();

    @Option(names = "--prompts", paramLabel = "DIR", description = "samples to copy into the inbox (default: examples/prompts)")
    private Path prompts = AppOptions.DEFAULTS.prompts();

    @Option(names = "--routes", paramLabel = "NAMES",
            description = "files of routes/ to run, by name (default: file-to-file,image-to-video)")
    private RouteChoice routes = AppOptions.DEFAULTS.routes();

    @Option(names = "--with", paramLabel = "SERVERS", description = {
            "start servers for the routes, on free ports of this machine: s3, artemis, mail, kafka;",
            "artemis:61616 sets the port. Their files are in data/"})
    private ServerChoice with = AppOptions.DEFAULTS.with();

    @Option(names = "--console-port", paramLabel = "N", description = "port of the console on this machine (default: 0, any free one)."
            + " With --once there is a console only if this is given")
    private Integer consolePort;

    @Option(names = "--no-console", arity = "0", description = "no console, and no JMX")
    private boolean noConsole;

    @Option(names = "--observe-port", paramLabel = "N",
            description = "serve metrics (/observe/metrics, for Prometheus) and health (/observe/health) there; 0 is any free port")
    private Integer observePort;

    @Option(names = {"-h", "--help"}, arity = "0", usageHelp = true, description = "this text")
    private boolean help;

    private AppCommandLine() {
    }

    /** @throws UsageException naming the option and what is allowed */
    static AppOptions parse(List<String> args) throws UsageException {
        AppCommandLine line = new AppCommandLine();
        try {
            parser(line).parseArgs(args.toArray(String[]::new));
        } catch (UnmatchedArgumentException e) {
            throw unknown(e);
        } catch (ParameterException e) {
            throw new UsageException(PlainText.of(message(e, args)));
        }
        if (line.noConsole && line.consolePort != null) {
            throw new UsageException("--no-console and --console-port contradict each other");
        }
        return new AppOptions(line.inbox, line.outbox, line.prompts, line.once, line.help, line.routes, line.with,
                new ObserveChoice(line.noConsole, line.consolePort, line.observePort));
    }

    static String help() {
        return parser(new AppCommandLine()).getUsageMessage(Ansi.OFF);
    }

    private static CommandLine parser(AppCommandLine line) {
        CommandLine parser = new CommandLine(line).setOverwrittenOptionsAllowed(true).setExpandAtFiles(false)
                .setPosixClusteredShortOptionsAllowed(false);
        READERS.forEach((type, reader) -> register(parser, type, reader));
        return parser;
    }

    @SuppressWarnings("unchecked")
    private static <T> void register(CommandLine parser, Class<T> type, Function<String, ?> reader) {
        parser.registerConverter(type, value -> {
            try {
                return (T) reader.apply(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        });
    }

    private static Path folder(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("needs a folder");
        }
        try {
            return Path.of(value).normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not the name of a folder: " + e.getReason());
        }
    }

    private static int port(String value) {
        try {
            int port = Integer.parseInt(value.strip());
            if (port >= 0 && port <= LARGEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new IllegalArgumentException("needs a port from 1 to " + LARGEST_PORT + ", or 0 for any free one");
    }

    /** Never contains a value that could be a key. */
    private static String message(ParameterException failure, List<String> args) {
        if (failure instanceof MissingParameterException missing && missing.getMissing().get(0) instanceof OptionSpec option) {
            return "Missing value for option '" + option.longestName() + "': " + needed(READERS.get(option.type()));
        }
        if (failure instanceof MaxValuesExceededException) {
            return flagWithValue(failure.getCommandLine().getCommandSpec(), args) + " takes no value";
        }
        return failure.getMessage();
    }

    /** The exception names the option in its message only, together with the value. */
    private static String flagWithValue(CommandSpec spec, List<String> args) {
        return args.stream().filter(arg -> arg.contains("=")).map(arg -> arg.split("=", 2)[0])
                .filter(name -> spec.findOption(name) != null && spec.findOption(name).arity().max() == 0).findFirst().orElse("An option");
    }

    private static String needed(Function<String, ?> reader) {
        try {
            throw new IllegalStateException("an empty value was read as " + reader.apply(""));
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static UsageException unknown(UnmatchedArgumentException failure) {
        String name = failure.getUnmatched().get(0).split("=", 2)[0];
        if (name.toLowerCase(Locale.ROOT).contains("key")) {
            return new UsageException("A key does not belong on the command line, where everyone on this machine can read it:"
                    + " set GROKVIDEO_API_KEY in the environment");
        }
        return new UsageException("Unknown argument " + PlainText.of(name) + ": the options are "
                + failure.getCommandLine().getCommandSpec().options().stream()
                        .map(option -> option.longestName() + (option.arity().max() == 0 ? "" : "=" + option.paramLabel()))
                        .collect(Collectors.joining(", ")));
    }
}
