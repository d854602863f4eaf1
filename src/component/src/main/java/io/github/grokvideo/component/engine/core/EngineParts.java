// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import io.github.grokvideo.component.engine.EngineSettings;
import io.github.grokvideo.component.engine.JobTimer;

/** What the parts of an engine share. */
public record EngineParts(
        JobBook book, JobWaiters waiters, GatewayCalls gateway, StatusQueries queries, JobTimer timer, Executor work,
        EngineSettings settings, RandomGenerator random, Membership membership, VideoFolders folders) {
}
