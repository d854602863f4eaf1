// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import io.github.grokvideo.app.UsageException;

/**
 * Which files of {@code routes/} run.
 *
 * @param names without {@code .camel.yaml}
 */
public record RouteChoice(List<String> names) {

    /** What runs by default. */
    public static final RouteChoice DEFAULT = new RouteChoice(List.of("file-to-file", "image-to-video"));

    private static final String ENDING = ".camel.yaml";

    public RouteChoice {
        names = List.copyOf(names);
    }

    /**
     * @param  value                    such as {@code csv-batch,storyboard}
     * @throws IllegalArgumentException if there is no name in it
     */
    public static RouteChoice parse(String value) {
        List<String> names = Arrays.stream(value.split(",")).map(String::strip).filter(name -> !name.isEmpty()).distinct().toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("needs names of routes, such as " + String.join(",", DEFAULT.names));
        }
        return new RouteChoice(names);
    }

    /**
     * @param  folder         the one that holds the routes
     * @throws UsageException where there is no such route, listing those there are
     */
    public List<RouteFile> files(Path folder) throws UsageException, IOException {
        if (!Files.isDirectory(folder)) {
            throw new UsageException("There are no *" + ENDING + " files in " + folder.toAbsolutePath()
                    + ": start the app in the folder that holds routes/");
        }
        List<Path> there;
        try (Stream<Path> all = Files.list(folder)) {
            there = all.filter(file -> file.getFileName().toString().endsWith(ENDING)).sorted().toList();
        }
        List<String> known = there.stream().map(RouteChoice::name).toList();
        List<RouteFile> chosen = new java.util.ArrayList<>();
        for (String name : names) {
            int index = known.indexOf(name);
            if (index < 0) {
                throw new UsageException("--routes knows no route '" + name + "': there are "
                        + known.stream().collect(Collectors.joining(", ")));
            }
            chosen.add(new RouteFile(name, there.get(index), Files.readString(there.get(index))));
        }
        return chosen;
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }
}
