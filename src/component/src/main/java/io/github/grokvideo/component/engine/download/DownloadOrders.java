// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.engine.core.EngineParts;
import io.github.grokvideo.component.engine.core.Membership;
import io.github.grokvideo.component.engine.files.PartialFiles;
import io.github.grokvideo.component.engine.files.VideoFiles;
import io.github.grokvideo.component.engine.files.VideoNames;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.files.OwnerOnly;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.transport.DownloadOrder;

/** Determines source, target file and limits of the next download attempt. */
final class DownloadOrders {

    private final EngineSettings settings;
    private final Membership membership;
    private final VideoNames names;

    DownloadOrders(EngineParts parts, VideoNames names) {
        this.settings = parts.settings();
        this.membership = parts.membership();
        this.names = names;
    }

    /** @return the job, with the name of its file in a user's directory */
    VideoJob named(Download download, VideoJob job) {
        download.namedEarlier |= download.attempts == 0 && job.name() != null && job.name().taken() != null;
        return names.named(job);
    }

    /** @throws IOException if a directory cannot be created or the name is taken */
    DownloadOrder order(Download download, VideoJob job) throws IOException {
        VideoAccount account = download.limits.account();
        boolean byContent = download.byContent || job.url() == null;
        HttpCall content = byContent ? account.provider().content(job.taskId()).orElse(null) : null;
        if (content == null && job.url() == null) {
            throw new IllegalStateException("the gateway reported the video as done but gave no URL, and has no call for its content");
        }
        Path directory = job.directory() == null ? settings.workDirectory() : job.directory();
        // A user's directory is created by the download if it is missing, with default permissions.
        if (job.directory() == null && !Files.isDirectory(directory)) {
            OwnerOnly.createDirectories(directory);
        }
        names.check(job, download.namedEarlier);
        return new DownloadOrder(
                job.id(), account.access(), content == null ? job.url() : null, content, target(job, directory),
                PartialFiles.of(job, settings.workDirectory(), membership.id()), download.resume, settings.maxFileSize(),
                settings.downloadTimeout(), settings.downloadIdleTimeout(), account.allowPrivateAddresses());
    }

    /** A file with a user-defined name is renamed when complete, since the name may be taken by then. */
    private Path target(VideoJob job, Path directory) throws IOException {
        if (job.name() == null) {
            return VideoFiles.free(directory, job.id());
        }
        Path whole = PartialFiles.whole(job, settings.workDirectory(), membership.id());
        Files.deleteIfExists(whole);
        return whole;
    }
}
