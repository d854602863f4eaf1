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
 * What videos are called that have names of users. A name is chosen before the download and given to the file when it is whole: jobs that
 * want the same one, also of several processes, get one each. Touches the disk. Thread-safe.
 */
public final class VideoNames {

    /** Names that are chosen and not on the disk yet, and whose they are. */
    private final Map<Path, String> chosen = new ConcurrentHashMap<>();

    /** @return the request, refused where its video must not be put beside a file of the same name, and that is there */
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

    /** @throws FileAlreadyExistsException where the file cannot be given its name: it is not worth a download */
    public void check(VideoJob job, boolean earlier) throws IOException {
        if (job.name() != null && job.name().exist() == FileExist.Fail && !earlier && isTaken(file(job))) {
            throw new FileAlreadyExistsException(file(job).toString());
        }
    }

    /**
     * Gives a whole video its name.
     *
     * @param  whole   in the job's directory, under a name that nobody looks at
     * @param  earlier whether the name was chosen by an earlier attempt, which may have given it to the video before its process ended
     * @param  store   keeps another name with the job, before a file has it
     * @throws FileAlreadyExistsException where the name is taken and no other is wanted
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

    /** Its file has the name, or will not. */
    public void forget(VideoJob job) {
        if (job != null && job.name() != null && job.name().taken() != null) {
            chosen.remove(file(job), job.id());
        }
    }

    private static Path file(VideoJob job) {
        return job.directory().resolve(job.name().taken());
    }

    /** Whatever it is: also a link that leads nowhere. */
    private static boolean isTaken(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
