// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import io.github.grokvideo.component.engine.core.DeliveryRules;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.JobBook;
import io.github.grokvideo.component.engine.core.JobWaiters;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes files that a killed process left in the work directory. Only files of jobs that this store knows and that do not need them:
 * engines on other stores may share the directory, and their paid videos look the same. Users' directories are left alone.
 */
public final class LeftoverFiles {

    private static final Logger LOG = LoggerFactory.getLogger(LeftoverFiles.class);
    /** Newer files may still be in use. */
    private static final Duration AGE = Duration.ofHours(1);
    /** File names as created by {@link VideoFiles} and {@link PartialFiles}. */
    private static final Pattern NAME = Pattern.compile("\\.?((.+?)(?:-\\d+)?)(?:\\.mp4|" + PartialFiles.MARK + "\\.part)");

    private final JobBook book;
    private final JobWaiters waiters;
    private final Path workDirectory;
    private final HandOutDirectory handOuts;

    public LeftoverFiles(EngineParts parts, HandOutDirectory handOuts) {
        this.book = parts.book();
        this.waiters = parts.waiters();
        this.workDirectory = parts.settings().workDirectory();
        this.handOuts = handOuts;
    }

    /**
     * @param now        the store's time
     * @param machineNow time of the clock that file times are set by
     * @param alone      whether no other engine can use the directory: then everything handed out earlier is left over, however new
     */
    void clear(Instant now, Instant machineNow, boolean alone) {
        try {
            handOuts.clearOthers(alone ? Instant.MAX : machineNow.minus(AGE));
            if (Files.isDirectory(workDirectory)) {
                clearFiles(machineNow.minus(AGE), now.minus(AGE));
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("The work directory {} could not be cleaned up; retrying later: {}", workDirectory, e.toString());
        }
    }

    private void clearFiles(Instant datedBefore, Instant endedBefore) throws IOException {
        List<Path> old = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(workDirectory, file -> isOlder(file, datedBefore))) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    old.add(file);
                    ids.add(name.group(1));
                    ids.add(name.group(2));
                }
            }
        }
        Map<String, VideoJob> jobs = book.store().findAll(ids).stream().collect(Collectors.toMap(VideoJob::id, Function.identity()));
        for (Path file : old) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            name.matches();
            VideoJob job = jobs.getOrDefault(name.group(1), jobs.get(name.group(2)));
            if (job != null && !isNeeded(job, file, endedBefore)) {
                LOG.debug("{} was left over from job {}", file, job.id());
                waiters.unlessWanted(job.id(), () -> VideoFiles.delete(file));
            }
        }
    }

    private static boolean isOlder(Path file, Instant before) throws IOException {
        try {
            return Files.isRegularFile(file) && Files.getLastModifiedTime(file).toInstant().isBefore(before);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static boolean isNeeded(VideoJob job, Path file, Instant endedBefore) {
        if (job.state() == JobState.RENDERED || !DeliveryRules.isOver(job)) {
            // Being downloaded, or downloaded while the store did not answer.
            return true;
        }
        boolean named = job.file() != null && job.file().getFileName().equals(file.getFileName());
        // A delivered file is deleted when its last user has settled it.
        return named && (job.state() != JobState.DELIVERED || !job.endedAt().isBefore(endedBefore));
    }
}
