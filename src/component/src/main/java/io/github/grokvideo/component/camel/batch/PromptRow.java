// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.batch;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import io.github.grokvideo.component.camel.GrokVideoConstants;

/** One row of a {@link PromptTable}: a request and its result. The result is set by one thread and may be read by another. */
public final class PromptRow {

    private final int number;
    private final String key;
    private final String text;
    private final boolean hasMedia;
    private final File file;
    private volatile Map<String, Object> result = Map.of();

    PromptRow(int number, String key, String text, boolean hasMedia, File file) {
        this.number = number;
        this.key = key;
        this.text = text;
        this.hasMedia = hasMedia;
        this.file = file;
    }

    /** @return from 1: the line of JSON Lines, the record of CSV after the header, the element of a list */
    public int getNumber() {
        return number;
    }

    /** @return identifies the work: the SHA-256 of the fields, and how many rows so far had the same fields, including this one */
    public String getKey() {
        return key;
    }

    /** @return the request as JSON text */
    public String getText() {
        return text;
    }

    /** @return whether the request names images or a video */
    public boolean hasMedia() {
        return hasMedia;
    }

    /** @return where the video of this row is stored, named by its key; null if the table has no directory for videos */
    public File getFile() {
        return file;
    }

    /** @return whether the video of this row exists */
    public boolean isThere() {
        return file != null && file.isFile();
    }

    /**
     * Stores the result for the report.
     *
     * @param status  one word
     * @param headers of the message after the call of the component
     */
    public void end(String status, Map<String, Object> headers) {
        Map<String, Object> ended = new LinkedHashMap<>();
        ended.put("status", status);
        ended.put("file", isThere() ? file.getPath() : headers.get(GrokVideoConstants.FILE));
        ended.put("cost", headers.get(GrokVideoConstants.COST));
        ended.put("unit", headers.get(GrokVideoConstants.COST_UNIT));
        ended.put("estimated", headers.get(GrokVideoConstants.COST_ESTIMATED));
        ended.put("error", headers.get(GrokVideoConstants.ERROR_MESSAGE));
        ended.put("charged", headers.get(GrokVideoConstants.ERROR_CHARGED));
        ended.put("jobId", headers.get(GrokVideoConstants.JOB_ID));
        result = ended;
    }

    /** @return the value of a column of the report; null = none */
    Object column(String name) {
        return switch (name) {
            case "row" -> number;
            case "prompt" -> text;
            default -> result.get(name);
        };
    }
}
