// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.time.Instant;
import java.util.Optional;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.simulator.fault.FaultKind;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.JobMark;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.job.SimulatedJobState;

/** Videos that xAI keeps as files, because the request has storage_options. The id of the file is that of its job. */
final class XaiStorage {

    static final int MIN_SECONDS = 3600;
    static final int MAX_SECONDS = 2_592_000;

    private static final String PREFIX = "file_out_";
    private static final String FILENAME = "storage_filename";
    private static final String LIFETIME = "storage_expires_after";
    private static final String PUBLIC = "storage_public_url";

    private XaiStorage() {
    }

    /** Validates storage_options and adds them to a draft. */
    static JobDraft ordered(Fields options, JobDraft draft) {
        options.only("filename", "expires_after", "public_url");
        JobDraft made = draft.with(FILENAME, options.needText("filename"));
        if (options.has("expires_after")) {
            made = made.with(LIFETIME, Integer.toString(options.integer("expires_after", 0, MIN_SECONDS, MAX_SECONDS)));
        }
        JsonNode open = options.raw("public_url");
        if (open.isObject()) {
            int seconds = options.object("public_url").only("expires_after").integer("expires_after", 0, 1, MAX_SECONDS);
            return made.with(PUBLIC, Integer.toString(seconds));
        }
        options.bool("public_url");
        return open.booleanValue() ? made.with(PUBLIC, "0") : made;
    }

    /** The finished job behind the id of a stored file; empty if there is no such file, or no longer. */
    static Optional<SimulatedJob> behind(String fileId, FrontDesk desk) {
        return !fileId.startsWith(PREFIX) ? Optional.empty()
                : desk.behind("xai", fileId.substring(PREFIX.length())).filter(XaiStorage::stored).filter(job ->
                        job.state() == SimulatedJobState.DONE && !expired(job) && !job.marked(JobMark.FILE_DELETED));
    }

    /** Adds file_output and storage_error to the video of a finished job. */
    static void describe(SimulatedJob job, String url, ObjectNode video) {
        if (!stored(job)) {
            video.putNull("file_output");
            if (job.is(FaultKind.STORAGE_ERROR)) {
                video.put("storage_error", job.outcomeOption("message", "The file could not be stored."));
            } else {
                video.putNull("storage_error");
            }
            return;
        }
        ObjectNode file = video.putObject("file_output").put("file_id", PREFIX + job.id())
                .put("filename", job.extra(FILENAME).orElseThrow());
        expires(job).ifPresentOrElse(time -> file.put("expires_at", time.getEpochSecond()), () -> file.putNull("expires_at"));
        Optional<String> open = job.extra(PUBLIC);
        file.put("public_url", open.isPresent() ? url : null);
        Optional<Instant> end = open.map(Long::valueOf).filter(seconds -> seconds > 0)
                .map(seconds -> job.finished().plusSeconds(seconds)).or(() -> expires(job));
        file.put("public_url_expires_at", open.isPresent() && end.isPresent() ? end.get().getEpochSecond() : null);
        file.putNull("public_url_error");
        video.putNull("storage_error");
    }

    private static boolean stored(SimulatedJob job) {
        return job.extra(FILENAME).isPresent() && !job.is(FaultKind.STORAGE_ERROR);
    }

    private static Optional<Instant> expires(SimulatedJob job) {
        return job.extra(LIFETIME).map(seconds -> job.finished().plusSeconds(Long.parseLong(seconds)));
    }

    private static boolean expired(SimulatedJob job) {
        return expires(job).filter(time -> time.isBefore(Instant.now())).isPresent();
    }
}
