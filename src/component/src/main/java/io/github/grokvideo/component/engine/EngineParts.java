package io.github.grokvideo.component.engine;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import io.github.grokvideo.component.transport.VideoDownloader;
import io.github.grokvideo.component.transport.VideoTransport;

/** What the parts of an engine share. */
record EngineParts(
        JobBook book, Waits waits, VideoTransport transport, VideoDownloader downloader, JobTimer timer, Executor work,
        EngineSettings settings, RandomGenerator random, Membership membership) {
}
