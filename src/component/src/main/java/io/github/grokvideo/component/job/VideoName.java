// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The file name the user wants for the video of a job.
 *
 * @param wanted ends in {@code .mp4}
 * @param exist  what happens if that name is taken
 * @param taken  the actual name, chosen before the download so that the job keeps it after a restart; null = not chosen yet
 */
public record VideoName(String wanted, FileExist exist, String taken) {

    private static final String END = ".mp4";
    /** File systems allow 255; the rest is room for a number and for a suffix that other programs may add. */
    private static final int MAX_BYTES = 240;
    private static final int HASH_DIGITS = 16;
    /** Windows treats these as devices, whatever follows the first dot. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])[ ]*([.].*)?");

    /**
     * @param wanted ends in {@code .mp4}; never null
     * @param exist  what happens if that name is taken; never null
     * @param taken  the actual name; null = not chosen yet
     */
    public VideoName {
        Objects.requireNonNull(wanted, "wanted");
        Objects.requireNonNull(exist, "exist");
    }

    /**
     * @param  name  untrusted; a name with a path is rejected. {@code .mp4} is appended if missing
     * @param  exist what happens if the name is taken
     * @return       with the name, shortened if it is too long
     * @throws IllegalArgumentException saying what a valid name is
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
        String wanted = fitting(name.toLowerCase(Locale.ROOT).endsWith(END) ? name : name + END);
        try {
            Path.of(wanted);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("a name that the file system takes (" + e.getReason() + ")", e);
        }
        return new VideoName(wanted, exist, null);
    }

    /** @return the name; if it is too long, its beginning and a hash of the whole, so that different names stay different */
    private static String fitting(String name) {
        if (bytes(name) <= MAX_BYTES) {
            return name;
        }
        String end = "-" + Sha256.hex(name).substring(0, HASH_DIGITS) + END;
        int stem = 0;
        for (int room = MAX_BYTES - end.length(); room >= 0;) {
            int next = name.offsetByCodePoints(stem, 1);
            room -= bytes(name.substring(stem, next));
            stem = room >= 0 ? next : stem;
        }
        return name.substring(0, stem) + end;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * @param  value the actual name; null = not chosen yet
     * @return       a copy
     */
    public VideoName withTaken(String value) {
        return new VideoName(wanted, exist, value);
    }

    /**
     * @param  number 1 or more; 1 = the wanted name itself
     * @return        the name with that number
     */
    public String numbered(int number) {
        int stem = wanted.length() - END.length();
        return number == 1 ? wanted : wanted.substring(0, stem) + "-" + number + wanted.substring(stem);
    }
}
