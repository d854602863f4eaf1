// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import io.github.grokvideo.component.job.VideoJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of incomplete downloads. Each node has its own: if a node is wrongly considered dead, two may download the same video into one
 * directory, and neither may publish what the other is writing.
 */
public final class PartialFiles {

    /** Between the job's id and the file name extension; earlier versions have nothing there. */
    static final String MARK = "(?:\\.[0-9a-f]{8})?";

    private static final Logger LOG = LoggerFactory.getLogger(PartialFiles.class);
    private static final String END = ".part";
    private static final String WHOLE = ".whole";
    private static final int MARK_LENGTH = 8;

    private PartialFiles() {
    }

    /** @return file that a node downloads the job's video to */
    public static Path of(VideoJob job, Path workDirectory, String node) {
        return of(job, workDirectory, node, END);
    }

    /** @return the complete file before it gets its final name */
    public static Path whole(VideoJob job, Path workDirectory, String node) {
        return of(job, workDirectory, node, WHOLE);
    }

    private static Path of(VideoJob job, Path workDirectory, String node, String end) {
        String mark = UUID.nameUUIDFromBytes(node.getBytes(StandardCharsets.UTF_8)).toString().substring(0, MARK_LENGTH);
        return directory(job, workDirectory).resolve("." + job.id() + "." + mark + end);
    }

    /** Deletes the partial files of all nodes. A download in progress starts over. */
    public static void deleteAll(VideoJob job, Path workDirectory) {
        Path directory = directory(job, workDirectory);
        Pattern name = Pattern.compile(
                Pattern.quote("." + job.id()) + MARK + "(?:" + Pattern.quote(END) + "|" + Pattern.quote(WHOLE) + ")");
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                directory, file -> name.matcher(file.getFileName().toString()).matches())) {
            files.forEach(VideoFiles::delete);
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("The partial files of job {} in {} could not be deleted: {}", job.id(), directory, e.toString());
        }
    }

    private static Path directory(VideoJob job, Path workDirectory) {
        return job.directory() == null ? workDirectory : job.directory();
    }
}
