// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.FileExist;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoName;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.transport.DownloadedVideo;
import io.github.grokvideo.component.transport.FinalName;

/**
 * User-defined file names of videos. A name is chosen before the download and given to the complete file: jobs with the same name, also of
 * different processes, get one each. Accesses the disk. Thread-safe.
 */
public final class VideoNames {

    /** Names that are chosen but not on the disk yet, with their job's id. */
    private final Map<Path, String> chosen = new ConcurrentHashMap<>();

    /** @return the request, with a violation if fileExist is Fail and the file already exists */
    public static ResolvedRequest checked(VideoOrder order, ResolvedRequest resolved) {
        VideoName name = order.name();
        if (name == null || order.directory() == null || name.exist() != FileExist.Fail
                || !isTaken(order.directory().resolve(name.wanted()))) {
            return resolved;
        }
        List<Violation> violations = Stream.concat(resolved.violations().stream(), Stream.of(new Violation(
                "fileName", name.wanted(), "a name that is not taken in " + order.directory() + " yet, since fileExist is Fail"))).toList();
        return new ResolvedRequest(resolved.request(), violations, resolved.estimate());
    }

    /** @return the job, with a name for its file */
    public VideoJob named(VideoJob job) {
        return job.name() == null || job.name().taken() != null ? job : job.with(changes -> changes.name(free(job)));
    }

    private VideoName free(VideoJob job) {
        VideoName name = job.name();
        if (name.exist() != FileExist.Rename) {
            return name.withTaken(name.wanted());
        }
        for (int number = 1;; number++) {
            Path file = job.directory().resolve(name.numbered(number));
            if (!isTaken(file) && job.id().equals(chosen.computeIfAbsent(file, key -> job.id()))) {
                return name.withTaken(name.numbered(number));
            }
        }
    }

    /** @throws FileAlreadyExistsException if the file cannot get its name, so that a download would be useless */
    public void check(VideoJob job, boolean earlier) throws IOException {
        if (job.name() != null && job.name().exist() == FileExist.Fail && !earlier && isTaken(file(job))) {
            throw new FileAlreadyExistsException(file(job).toString());
        }
    }

    /**
     * Gives a complete video its name.
     *
     * @param  whole   in the job's directory, under a temporary name
     * @param  earlier whether the name was chosen by an earlier attempt, which may have renamed the video before its process ended
     * @param  store   stores a different name with the job before a file gets it
     * @throws FileAlreadyExistsException if the name is taken and no other is allowed
     */
    public DownloadedVideo give(VideoJob job, DownloadedVideo whole, boolean earlier, Consumer<VideoName> store) throws IOException {
        VideoJob named = job;
        boolean mayBeOurs = earlier;
        while (true) {
            Path file = file(named);
            try {
                if (named.name().exist() == FileExist.Override) {
                    FinalName.replace(whole.file(), file);
                } else {
                    FinalName.give(whole.file(), file);
                }
                return new DownloadedVideo(file, whole.size(), whole.sha256());
            } catch (FileAlreadyExistsException taken) {
                if (mayBeOurs && Files.isRegularFile(file) && Files.mismatch(file, whole.file()) < 0) {
                    VideoFiles.delete(whole.file());
                    return new DownloadedVideo(file, whole.size(), whole.sha256());
                }
                if (named.name().exist() == FileExist.Fail) {
                    throw taken;
                }
                mayBeOurs = false;
                forget(named);
                VideoName other = free(named);
                store.accept(other);
                named = named.with(changes -> changes.name(other));
            }
        }
    }

    /** Releases the name: the file has it, or will not get it. */
    public void forget(VideoJob job) {
        if (job != null && job.name() != null && job.name().taken() != null) {
            chosen.remove(file(job), job.id());
        }
    }

    private static Path file(VideoJob job) {
        return job.directory().resolve(job.name().taken());
    }

    /** Also true for a directory or a broken link. */
    private static boolean isTaken(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
