// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs of all kinds, the newest first in time, the same ones for the same number and time. */
final class SampleJobs {

    private static final List<String> STATES = List.of("DELIVERED", "DELIVERED", "RUNNING", "DELIVERED", "FAILED", "DELIVERED", "ACCEPTED",
            "MODERATED", "DELIVERED", "UNKNOWN", "DELIVERED", "EXPIRED", "SUBMITTING", "DELIVERED", "REJECTED", "DOWNLOADED");
    private static final List<String> PROVIDERS = List.of("xai", "toapis", "uniall", "reapi", "aivideoapi");

    private static final Map<String, String> TYPES = Map.of("UNKNOWN", "SUBMIT_UNKNOWN", "FAILED", "JOB_FAILED", "MODERATED", "MODERATED",
            "EXPIRED", "JOB_EXPIRED", "REJECTED", "SUBMIT_REJECTED");

    private SampleJobs() {
    }

    static List<Map<String, Object>> jobs(int count, Instant now) {
        List<Map<String, Object>> jobs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            jobs.add(job(i, now.minus(Duration.ofSeconds(30L + 2L * i))));
        }
        return jobs;
    }

    private static Map<String, Object> job(int number, Instant created) {
        String state = STATES.get(number % STATES.size());
        boolean open = List.of("RUNNING", "ACCEPTED", "SUBMITTING", "DOWNLOADED").contains(state);
        boolean failed = List.of("FAILED", "MODERATED", "UNKNOWN", "EXPIRED", "REJECTED").contains(state);
        boolean accepted = !List.of("SUBMITTING", "REJECTED", "UNKNOWN").contains(state);
        boolean rendered = state.equals("DELIVERED") || state.equals("DOWNLOADED");
        String provider = PROVIDERS.get(number % PROVIDERS.size());
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("id", String.format("job-%06d", number));
        job.put("state", state);
        job.put("progress", state.equals("RUNNING") ? Integer.valueOf(number * 7 % 100) : rendered ? Integer.valueOf(100) : null);
        job.put("provider", provider);
        job.put("account", "default");
        job.put("model", provider.equals("xai") ? "grok-imagine-video" : "grok-video-3");
        job.put("mode", number % 3 == 0 ? "image-to-video" : "text-to-video");
        job.put("tag", number % 4 == 0 ? "autumn" : null);
        job.put("priority", number % 4 == 0 ? 5 : 0);
        job.put("jobKey", number % 2 == 0 ? "order-" + number : null);
        job.put("taskId", accepted ? "task-" + Integer.toHexString(number * 7919) : null);
        job.put("createdAt", created.toString());
        job.put("acceptedAt", accepted ? created.plusSeconds(1).toString() : null);
        job.put("renderedAt", rendered ? created.plusSeconds(18).toString() : null);
        job.put("downloadedAt", rendered ? created.plusSeconds(20).toString() : null);
        job.put("endedAt", open ? null : created.plusSeconds(21).toString());
        job.put("nextPollAt", state.equals("RUNNING") ? created.plusSeconds(90).toString() : null);
        job.put("submits", 1);
        job.put("polls", accepted ? 4 : 0);
        job.put("downloads", rendered ? 1 : 0);
        job.put("cost", accepted ? Map.of("amount", number % 5 == 1 ? "30" : "0.40", "unit", number % 5 == 1 ? "credits" : "USD",
                "estimated", !rendered) : null);
        job.put("fileName", number % 3 == 0 ? String.format("clip-%06d.mp4", number) : null);
        job.put("deliveredTo", null);
        job.put("promptStart", null);
        job.put("size", rendered ? Integer.valueOf(1_482_113) : null);
        job.put("route", number % 6 == 5 ? null : "prompts-to-videos");
        job.put("detached", number % 6 == 5);
        boolean consumed = state.equals("DELIVERED") && number % 6 == 5;
        job.put("delivery", consumed ? "ACKNOWLEDGED" : "NONE");
        job.put("deliveries", consumed ? 1 : 0);
        job.put("node", open ? "node-a" : null);
        job.put("error", failed ? error(state) : null);
        boolean kept = state.equals("DELIVERED") && number < 1000;
        job.put("kept", kept);
        job.put("sha256", kept ? String.format("%064x", number) : null);
        return job;
    }

    private static Map<String, Object> error(String state) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("type", TYPES.get(state));
        error.put("message", state.equals("UNKNOWN") ? "No answer to the submit came in 60s; the job may have been created and charged."
                : "The gateway ended the job: " + state.toLowerCase() + ".");
        error.put("charged", state.equals("UNKNOWN") ? "unknown" : state.equals("MODERATED") ? "yes" : "no");
        error.put("retryable", state.equals("FAILED"));
        error.put("httpStatus", state.equals("UNKNOWN") ? null : Integer.valueOf(200));
        error.put("gatewayCode", state.equals("UNKNOWN") ? null : "video_" + state.toLowerCase());
        error.put("requestId", state.equals("UNKNOWN") ? null : "req-7c1d");
        return error;
    }
}
