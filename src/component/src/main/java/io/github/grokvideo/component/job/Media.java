// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.job;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** An image or a video for a request. {@code toString} never shows secrets. */
public sealed interface Media {

    /**
     * Media the gateway can fetch.
     *
     * @param url an http(s) URL or a data URI
     */
    record Url(String url) implements Media {
        /** @param url an http(s) URL or a data URI; never null */
        public Url {
            Objects.requireNonNull(url, "url");
        }

        /** @return whether it is a data URI */
        public boolean isInline() {
            return url.regionMatches(true, 0, "data:", 0, 5);
        }

        @Override
        public String toString() {
            return SignedUrl.masked(url);
        }
    }

    /**
     * A file on this machine.
     *
     * @param path as given; with a root, the real path
     * @param root a real path that must contain the file, links resolved, on every read; null = any location
     */
    record LocalFile(Path path, Path root) implements Media {
        /**
         * @param path as given; with a root, the real path; never null
         * @param root a real path that must contain the file; null = any location
         */
        public LocalFile {
            Objects.requireNonNull(path, "path");
        }

        /**
         * A file in any location: only for trusted paths.
         *
         * @param path never null
         */
        public LocalFile(Path path) {
            this(path, null);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * Bytes in memory.
     *
     * @param content     the media itself
     * @param contentType for example {@code image/png}; null = detected from the bytes
     */
    record Bytes(byte[] content, String contentType) implements Media {
        /**
         * @param content     the media itself, not copied; never null
         * @param contentType for example {@code image/png}; null = detected from the bytes
         */
        public Bytes {
            Objects.requireNonNull(content, "content");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(content, bytes.content)
                    && Objects.equals(contentType, bytes.contentType);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(content);
        }

        @Override
        public String toString() {
            return content.length + " bytes" + (contentType == null ? "" : " of " + contentType);
        }
    }

    /**
     * A file the gateway already stores.
     *
     * @param id the gateway's file id ({@code file_id} at xAI)
     */
    record GatewayFile(String id) implements Media {
        /** @param id the gateway's file id; never null */
        public GatewayFile {
            Objects.requireNonNull(id, "id");
        }

        @Override
        public String toString() {
            return "file_id:" + id;
        }
    }

    /**
     * The video of an earlier job.
     *
     * @param jobId the component's job id
     */
    record EarlierJob(String jobId) implements Media {
        /** @param jobId the component's job id; never null */
        public EarlierJob {
            Objects.requireNonNull(jobId, "jobId");
        }

        @Override
        public String toString() {
            return "job:" + jobId;
        }
    }

    /**
     * A task at the gateway that was submitted elsewhere.
     *
     * @param taskId the gateway's task id (ToAPIs accepts it for extend and remix)
     */
    record GatewayTask(String taskId) implements Media {
        /** @param taskId the gateway's task id; never null */
        public GatewayTask {
            Objects.requireNonNull(taskId, "taskId");
        }

        @Override
        public String toString() {
            return "task:" + taskId;
        }
    }

    /**
     * @param  value an http(s) URL, a data URI, {@code job:<id>}, {@code task:<id>}, {@code file_id:<id>}, a {@code file:} URI or a path
     * @return       the media it names; not checked for existence
     */
    static Media of(String value) {
        String text = value.strip();
        if (startsWith(text, "http://") || startsWith(text, "https://") || startsWith(text, "data:")) {
            return new Url(text);
        }
        if (startsWith(text, "job:")) {
            return new EarlierJob(text.substring(4).strip());
        }
        if (startsWith(text, "task:")) {
            return new GatewayTask(text.substring(5).strip());
        }
        if (startsWith(text, "file_id:")) {
            return new GatewayFile(text.substring(8).strip());
        }
        return new LocalFile(startsWith(text, "file:///") ? Path.of(java.net.URI.create(text))
                : Path.of(startsWith(text, "file:") ? text.substring(5) : text));
    }

    private static boolean startsWith(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
