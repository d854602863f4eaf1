// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.request;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import io.github.grokvideo.component.job.Media;

/** The directories in which text of a message may name files. Immutable. */
public final class MediaDirectories {

    /** No file named in text is read. */
    static final MediaDirectories NONE = new MediaDirectories(List.of());

    private final List<Path> directories;

    private MediaDirectories(List<Path> directories) {
        this.directories = directories;
    }

    /**
     * @param option directories separated by commas, or one existing directory with commas in its name; null, blank or "none" = none
     * @throws IllegalArgumentException if one is not a path
     */
    public static MediaDirectories of(String option) {
        if (option == null || option.isBlank() || option.strip().equals("none")) {
            return NONE;
        }
        Stream<String> all = Files.isDirectory(Path.of(option)) ? Stream.of(option) : Arrays.stream(option.split(",")).map(String::strip);
        return new MediaDirectories(all.filter(one -> !one.isEmpty()).map(one -> Path.of(one).toAbsolutePath().normalize()).toList());
    }

    /**
     * Resolves a file named in text.
     *
     * @param path   if relative, looked up in the folder, or without one in each directory
     * @param folder of the file that the text was read from; null = none
     * @throws IllegalArgumentException if it is not in a directory; the same whether or not such a file exists elsewhere
     */
    Media.LocalFile named(Path path, Path folder) {
        if (directories.isEmpty()) {
            throw new IllegalArgumentException("names the file " + path + ", but no mediaDirectories are set from which a"
                    + " message may name files");
        }
        for (Path directory : directories) {
            Path named = (folder == null ? directory : folder).resolve(path).normalize();
            for (Path home : directories) {
                Media.LocalFile file = below(home, named);
                if (file != null) {
                    return file;
                }
            }
        }
        throw new IllegalArgumentException("names " + path + ", but there is no such file in the mediaDirectories");
    }

    /**
     * Checks a file that is itself the body. It may be anywhere, since no text named it; but anyone who can write to an inbox could put a
     * link there.
     *
     * @throws IOException if it does not exist
     * @throws IllegalArgumentException if it is a link that leads out of its folder and into none of the directories
     */
    Media.LocalFile body(Path path) throws IOException {
        if (directories.isEmpty()) {
            return new Media.LocalFile(path);
        }
        Path real = path.toRealPath();
        Path folder = path.toAbsolutePath().normalize().getParent();
        if (folder != null && real.startsWith(folder.toRealPath())) {
            return new Media.LocalFile(path, folder.toRealPath());
        }
        for (Path directory : directories) {
            Media.LocalFile file = below(directory, real);
            if (file != null) {
                return file;
            }
        }
        throw new IllegalArgumentException("the file " + path.getFileName() + " is a link out of its folder, which is not"
                + " followed");
    }

    /**
     * A path outside by its name alone is not even accessed.
     *
     * @return null = there is no such file
     */
    private static Media.LocalFile below(Path directory, Path named) {
        try {
            Path root = directory.toRealPath();
            if (!named.startsWith(directory) && !named.startsWith(root)) {
                return null;
            }
            Path real = named.toRealPath();
            return real.startsWith(root) ? new Media.LocalFile(real, root) : null;
        } catch (IOException notThere) {
            return null;
        }
    }
}
