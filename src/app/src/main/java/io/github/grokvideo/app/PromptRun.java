// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import java.nio.file.Path;
import java.time.Instant;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.job.VideoJob;

/**
 * One prompt on its way to a video: a snapshot that never changes.
 *
 * @param name    the prompt's file, relative to the inbox
 * @param stage   where it is
 * @param job     as last heard of; null = none yet
 * @param begun   when it was taken up
 * @param ended   null = it has not
 * @param video   where the video was put; null = nowhere yet
 * @param problem what went wrong last, on one line; null = nothing
 * @param charged whether that cost something; null = nothing went wrong
 */
public record PromptRun(
        String name, Stage stage, VideoJob job, Instant begun, Instant ended, Path video, String problem, Charged charged) {

    /** In the order of a good run. */
    public enum Stage {
        SUBMITTING("submitting"),
        QUEUED("waiting"),
        RENDERING("rendering"),
        DOWNLOADING("downloading"),
        DONE("done"),
        FAILED("failed"),
        /** Its job lives on, or could not be begun; the prompt stays in the inbox. */
        LATER("later");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        public boolean isEnd() {
            return this == DONE || this == FAILED;
        }
    }

    static PromptRun begin(String name, Instant now) {
        return new PromptRun(name, Stage.SUBMITTING, null, now, null, null, null, null);
    }

    PromptRun with(VideoJob update) {
        Stage next = switch (update.state()) {
            case NEW, SUBMITTING -> Stage.SUBMITTING;
            case ACCEPTED -> update.progress() == null || update.progress() == 0 ? Stage.QUEUED : Stage.RENDERING;
            case RUNNING -> Stage.RENDERING;
            case RENDERED, DOWNLOADED, DELIVERED -> Stage.DOWNLOADING;
            default -> stage;
        };
        return new PromptRun(name, stage.isEnd() ? stage : next, update, begun, ended, video, problem, charged);
    }

    PromptRun with(Path file) {
        return new PromptRun(name, stage, job, begun, ended, file, problem, charged);
    }

    PromptRun end(Stage last, String why, Charged money, Instant now) {
        return new PromptRun(name, last, job, begun, now, video, why, money);
    }

    /** From 0 to 100. */
    int percent() {
        return switch (stage) {
            case DONE, DOWNLOADING -> 100;
            default -> job == null || job.progress() == null ? 0 : Math.max(0, Math.min(100, job.progress()));
        };
    }
}
