// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import io.github.grokvideo.component.job.files.OwnerOnly;

/** Where the app keeps what its next start needs. */
record DataFolder(Path path) {

    private static final String SETTING = "grokvideo.data";

    /** @param settings gives a value or null */
    static DataFolder of(UnaryOperator<String> settings) throws UsageException {
        String name = settings.apply(SETTING);
        try {
            Path path = Path.of(name == null || name.isBlank() ? "data" : name.strip()).normalize();
            if (path.toAbsolutePath().toString().contains(";")) {
                throw new UsageException("GROKVIDEO_DATA must be a folder without a semicolon in its path: the database's URL ends there");
            }
            return new DataFolder(path);
        } catch (InvalidPathException e) {
            throw new UsageException("GROKVIDEO_DATA is not a folder's name: " + e.getReason());
        }
    }

    /** Where it is missing, so that only its owner can look into it: there are prompts and videos in it. */
    void create() throws UsageException {
        try {
            OwnerOnly.createDirectories(path);
        } catch (IOException e) {
            throw new UsageException(path + " is not a folder that can be made or written: " + e);
        }
    }

    /** What the component has not handed on yet. */
    Path work() {
        return path.resolve("work");
    }

    /** What the simulator of the demo has promised. */
    Path simulator() {
        return path.resolve("simulator");
    }

    /** The database of the demo's jobs. It is emptied together with the simulator that they refer to. */
    Path demoJobs() {
        return simulator().resolve("jobs");
    }

    /**
     * The database of one gateway's jobs. Another gateway has never heard of them, and the same prompt is another job there.
     *
     * @param gateway its name; bad characters are replaced
     */
    Path jobs(String gateway) {
        return path.resolve("jobs").resolve(gateway.replaceAll("[^A-Za-z0-9._-]", "_"));
    }
}
