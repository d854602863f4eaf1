// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** What the parts of an engine share. */
record EngineParts(
        JobBook book, JobWaiters waits, GatewayCalls gateway, JobTimer timer, Executor work, EngineSettings settings,
        RandomGenerator random, Membership membership, VideoFolders folders) {
}
