// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What the user wants the video of a job to be called in the directory it is put into.
 *
 * @param wanted ends in {@code .mp4}
 * @param exist  what happens where that is taken
 * @param taken  what it is called, chosen before the download, so that the job keeps it after a restart; null = not chosen yet
 */
public record VideoName(String wanted, FileExist exist, String taken) {

    private static final String END = ".mp4";
    /** A file system takes 255; a number may follow, and the name may be written with an ending of somebody's own. */
    private static final int MOST_BYTES = 240;
    /** Windows takes them for devices, whatever follows the first dot. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])[ ]*([.].*)?");

    public VideoName {
        Objects.requireNonNull(wanted, "wanted");
        Objects.requireNonNull(exist, "exist");
    }

    /**
     * @param  name may be a stranger's: it stays a name in the directory
     * @throws IllegalArgumentException saying what a name has to be
     */
    public static VideoName of(String name, FileExist exist) {
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("a name without / and \\; the option directory says where the file is put");
        }
        if (name.codePoints().anyMatch(letter -> Character.isISOControl(letter) || letter == '\u2028' || letter == '\u2029')) {
            throw new IllegalArgumentException("a name without control characters and line breaks");
        }
        if (name.isBlank() || name.startsWith(".")) {
            throw new IllegalArgumentException("a name that does not begin with a dot");
        }
        if (DEVICE.matcher(name).matches()) {
            throw new IllegalArgumentException("a name that is not one of Windows' devices");
        }
        String wanted = name.toLowerCase(Locale.ROOT).endsWith(END) ? name : name + END;
        int bytes = wanted.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("a name of at most " + MOST_BYTES + " bytes with its ending (it has " + bytes + ")");
        }
        try {
            Path.of(wanted);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("a name that the file system takes (" + e.getReason() + ")", e);
        }
        return new VideoName(wanted, exist, null);
    }

    public VideoName withTaken(String value) {
        return new VideoName(wanted, exist, value);
    }

    /** @param number 1 = the name as it is wanted */
    public String numbered(int number) {
        int stem = wanted.length() - END.length();
        return number == 1 ? wanted : wanted.substring(0, stem) + "-" + number + wanted.substring(stem);
    }
}
