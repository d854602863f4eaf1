// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.fal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.provider.PathPart;
import io.github.grokvideo.component.provider.answers.TaskId;

/**
 * A request in fal's queue. Its URLs name the owner and the app only; they are built here, and those in answers are never followed.
 *
 * @param app       owner and app
 * @param requestId fal's id
 */
record FalTask(String app, String requestId) {

    /** The app of Grok Imagine. */
    static final String APP = "xai/grok-imagine-video";

    private static final Pattern OTHER_APP = Pattern.compile("([A-Za-z0-9_-]+/[A-Za-z0-9_-][A-Za-z0-9._-]*)/([^/]+)");
    private static final Pattern STATUS_URL = Pattern.compile(
            "https?://[^/?#]+/([A-Za-z0-9_-]+/[A-Za-z0-9_-][A-Za-z0-9._-]*)/requests/[^/?#]+(?:/status)?");

    /** @param taskId as {@link #id} returns it */
    static FalTask of(String taskId) {
        Matcher other = OTHER_APP.matcher(taskId);
        return other.matches() ? new FalTask(other.group(1), other.group(2)) : new FalTask(APP, taskId);
    }

    /**
     * @param  requestId fal's id, as a task id was read from the answer
     * @param  answer    to the submit
     */
    static FalTask accepted(String requestId, JsonNode answer) {
        Matcher url = STATUS_URL.matcher(answer.path("status_url").asText(""));
        return new FalTask(url.matches() && TaskId.at(answer, "/request_id") != null ? url.group(1) : APP, requestId);
    }

    /** The id that is stored with the job; of another app, it names the app. */
    String id() {
        return app.equals(APP) ? requestId : app + "/" + requestId;
    }

    /** @param rest empty for the result, or for example {@code /status} */
    String path(String rest) {
        return "/" + app + "/requests/" + PathPart.of(requestId) + rest;
    }
}
