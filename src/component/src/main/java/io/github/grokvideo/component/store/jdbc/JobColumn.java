// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.VideoJob;

/** User-supplied texts with a column of their own, and the longest value that fits. */
public enum JobColumn {

    ID("id", "jobId", 200, VideoJob::id),
    ACCOUNT("account", "account", 200, VideoJob::account),
    PROVIDER("provider", "provider", 200, VideoJob::provider),
    MODEL("model", "model", 300, VideoJob::model),
    TAG("tag", "tag", 300, VideoJob::tag);

    /** The most characters of a job's JSON that H2 stores. New jobs must leave room for what is added later, such as a URL or an error. */
    static final int LARGEST_JOB = 1024 * 1024;
    private static final int LARGEST_NEW_JOB = LARGEST_JOB - 128 * 1024;
    private static final int SHOWN = 40;

    private final String column;
    private final String field;
    private final int width;
    private final Function<VideoJob, String> value;

    JobColumn(String column, String field, int width, Function<VideoJob, String> value) {
        this.column = column;
        this.field = field;
        this.width = width;
        this.value = value;
    }

    String column() {
        return column;
    }

    int width() {
        return width;
    }

    /** @return why the new job cannot be stored; empty = it can be */
    public static List<Violation> violations(VideoJob job) {
        return Stream.concat(Arrays.stream(values()).map(column -> column.violation(column.value.apply(job))),
                Stream.of(job).map(JobColumn::size)).filter(Objects::nonNull).toList();
    }

    private Violation violation(String text) {
        if (text == null || text.length() <= width && isText(text)) {
            return null;
        }
        return new Violation(field, cut(text, SHOWN), "at most " + width + " characters (it has " + text.length()
                + ") and no NUL character, as it is stored with the job");
    }

    private static Violation size(VideoJob job) {
        int size = JobJson.write(job).length();
        return size <= LARGEST_NEW_JOB ? null : new Violation("request", null, "at most " + LARGEST_NEW_JOB
                + " characters as JSON in the job store (it has " + size + "): shorten the prompt or the additional fields");
    }

    /** Whether a database can store the value as text. */
    static boolean isText(String value) {
        return value.indexOf('\0') < 0;
    }

    /** @return the text, truncated to the column's width */
    String cut(String text) {
        return text == null ? null : cut(text, width);
    }

    static String cut(String text, int length) {
        String clean = text.replace('\0', '\uFFFD');
        if (clean.length() <= length) {
            return clean;
        }
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(length - 1)) ? length - 1 : length);
    }
}
