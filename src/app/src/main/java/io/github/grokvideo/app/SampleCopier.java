// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Copies sample prompts and what they refer to into the inbox. Overwrites nothing. */
public final class SampleCopier {

    private static final Set<String> PROMPTS = Set.of("txt", "json");
    private static final Set<String> IMAGES = Set.of("png", "jpg", "jpeg", "webp");
    private static final Path IMAGE_FOLDER = Path.of("images");

    private final Path from;
    private final Path inbox;

    public SampleCopier(Path from, Path inbox) {
        this.from = from;
        this.inbox = inbox;
    }

    /**
     * @param  without names, as returned by {@link #names}, that are left out
     * @return         the names of the files that start a job, relative to the inbox
     */
    public List<String> copy(Set<String> without) throws IOException {
        List<Path> files = files();
        List<String> started = new ArrayList<>();
        // What starts a job goes last: what it refers to is there by then.
        for (Path file : files) {
            if (!startsJob(file)) {
                put(file);
            }
        }
        for (Path file : files) {
            if (startsJob(file) && !without.contains(file.toString())) {
                put(file);
                started.add(file.toString());
            }
        }
        return started;
    }

    /** @return the names of all samples that start a job, relative to their folder */
    public List<String> names() throws IOException {
        return files().stream().filter(this::startsJob).map(Path::toString).toList();
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(from) || Files.isDirectory(inbox) && Files.isSameFile(from, inbox)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(from, 3)) {
            return all.filter(Files::isRegularFile).map(from::relativize).filter(SampleCopier::isSample)
                    .sorted(Comparator.comparing(Path::toString)).toList();
        }
    }

    private static boolean isSample(Path file) {
        for (Path part : file) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        return !extension(file).equals("md");
    }

    /** The same rules as the routes have. */
    private boolean startsJob(Path file) {
        if (file.getParent() == null) {
            return PROMPTS.contains(extension(file));
        }
        return IMAGE_FOLDER.equals(file.getParent()) && IMAGES.contains(extension(file))
                && PROMPTS.stream().anyMatch(prompt -> Files.exists(from.resolve(withExtension(file, prompt))));
    }

    private void put(Path file) throws IOException {
        Path target = inbox.resolve(file);
        if (Files.exists(target)) {
            return;
        }
        Files.createDirectories(target.getParent());
        Path aside = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            Files.deleteIfExists(aside);
            Files.copy(from.resolve(file), aside);
            Files.move(aside, target);
        } catch (FileAlreadyExistsException e) {
            Files.deleteIfExists(aside);
        }
    }

    static Path withExtension(Path file, String extension) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.') + 1) + extension);
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
