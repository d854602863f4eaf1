// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** The points of a process's life, written down as they are passed; at one of them the process ends as in a crash. */
final class CrashPoints {

    private final Map<String, Integer> passed = new HashMap<>();
    private final Path passedFile;
    private final String last;

    /** @param last pattern of the point where the process ends; null = nowhere */
    CrashPoints(Path passedFile, String last) {
        this.passedFile = passedFile;
        this.last = last;
    }

    /** Passes a point, named by what happens there and how often it has happened. */
    synchronized void at(String what) {
        String point = what + " #" + passed.merge(what, 1, Integer::sum);
        try {
            Files.writeString(passedFile, point + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (last != null && point.matches(last)) {
            // No shutdown hook, no finally: nothing after this line happens in this process. Others wait for the lock.
            Runtime.getRuntime().halt(CrashPointMain.HALTED);
        }
    }
}
