// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;

/** The sample prompts: which of them go into the inbox, and whether they became videos. */
final class SampleRun {

    private final AppOptions options;
    private final SampleCopier copier;
    private final Consumer<String> screen;
    private final Set<String> made;
    private final List<String> open;
    private volatile Samples samples;

    /** @param screen gets the lines a person reads */
    SampleRun(AppOptions options, Consumer<String> screen) throws IOException {
        this.options = options;
        this.copier = new SampleCopier(options.prompts(), options.inbox());
        this.screen = screen;
        List<String> all = copier.names();
        this.made = alreadyMade(all);
        this.open = all.stream().filter(name -> !made.contains(name)).toList();
    }

    /** Whether there may be one to make. */
    boolean hasOpen() {
        return !open.isEmpty();
    }

    /** Before the routes run. */
    void greet() {
        if (!made.isEmpty()) {
            screen.accept(count(made.size(), "sample") + " left out: the video is already in " + options.outbox() + "/");
        }
    }

    /**
     * Once the routes run: leaves out what the gateway cannot make, and copies the others into the inbox.
     *
     * @param gateway  for people
     * @param allEnded called once, when those have ended; at once where there are none
     */
    void begin(CamelContext context, String gateway, PromptBook book, Consumer<List<PromptRun>> allEnded) {
        try {
            Map<String, String> unfit = areOurs() ? new SampleCheck(options.prompts()).unfit(context, open) : Map.of();
            List<String> fit = open.stream().filter(name -> !unfit.containsKey(name)).toList();
            if (!unfit.isEmpty()) {
                screen.accept(count(unfit.size(), "sample") + " left out, which " + gateway + " cannot make from these files:");
                unfit.forEach((name, why) -> screen.accept("  " + PlainText.of(name) + ": " + why));
            }
            screen.accept(count(fit.size(), "sample prompt") + " from " + options.prompts() + "/: " + options.inbox() + "/ -> "
                    + options.outbox() + "/");
            screen.accept("");
            samples = new Samples(fit, allEnded);
            book.follow(samples);
            Set<String> without = new HashSet<>(made);
            without.addAll(unfit.keySet());
            copier.copy(without);
            if (fit.isEmpty()) {
                allEnded.accept(new ArrayList<>());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What somebody else's prompts cannot have is for the routes to say, and a failure. */
    private boolean areOurs() {
        return options.prompts().equals(AppOptions.DEFAULTS.prompts());
    }

    boolean allSucceeded() {
        return samples != null && samples.allSucceeded();
    }

    /** They would be made, and paid for, again at each start. */
    private Set<String> alreadyMade(List<String> names) {
        Set<String> there = new HashSet<>();
        for (String name : names) {
            if (Files.exists(options.outbox().resolve(SampleCopier.withExtension(Path.of(name), "mp4").getFileName()))) {
                there.add(name);
            }
        }
        return there;
    }

    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
