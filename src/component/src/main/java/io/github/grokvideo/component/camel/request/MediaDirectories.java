// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.request;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import io.github.grokvideo.component.job.Media;

/** Where the text of a message may name files of this machine. Immutable. */
public final class MediaDirectories {

    /** No file that a text names is read. */
    static final MediaDirectories NONE = new MediaDirectories(List.of());

    private final List<Path> directories;

    private MediaDirectories(List<Path> directories) {
        this.directories = directories;
    }

    /**
     * @param  option directories with commas between them, or one that is there and has commas in its name; null, blank or "none" = none
     * @throws IllegalArgumentException where one is no path
     */
    public static MediaDirectories of(String option) {
        if (option == null || option.isBlank() || option.strip().equals("none")) {
            return NONE;
        }
        Stream<String> all = Files.isDirectory(Path.of(option)) ? Stream.of(option) : Arrays.stream(option.split(",")).map(String::strip);
        return new MediaDirectories(all.filter(one -> !one.isEmpty()).map(one -> Path.of(one).toAbsolutePath().normalize()).toList());
    }

    /**
     * A file that a text names.
     *
     * @param  path   relative: looked up in the folder, or without one in each directory
     * @param  folder of the file that the text was read from; null = it came from none
     * @throws IllegalArgumentException where it is not in a directory. A file elsewhere is not told from one that does not exist
     */
    Media.LocalFile named(Path path, Path folder) {
        if (directories.isEmpty()) {
            throw new IllegalArgumentException("names a file, " + path + ", and mediaDirectories does not say from where a message may"
                    + " name files");
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
        throw new IllegalArgumentException("names " + path + ", and there is no such file in the mediaDirectories");
    }

    /**
     * A file that is itself the body. It may lie anywhere, since no text named it; but somebody who may write to an inbox may put a link
     * there.
     *
     * @throws IOException              where there is none
     * @throws IllegalArgumentException where it is a link out of its folder that leads into no directory
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
        throw new IllegalArgumentException("the file " + path.getFileName() + " is a link out of its folder, which is not followed");
    }

    /** What lies elsewhere by its name alone is not even looked at. @return null = it is not there */
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
