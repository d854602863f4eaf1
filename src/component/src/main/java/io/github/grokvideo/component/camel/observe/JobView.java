// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.grokvideo.component.camel.observe.jobs.History;
import io.github.grokvideo.component.camel.observe.jobs.Prompts;
import io.github.grokvideo.component.engine.JobOperations;
import io.github.grokvideo.component.engine.VideoEngine;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.JobCharge;
import io.github.grokvideo.component.job.JobDelivery;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.SignedUrl;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoName;
import io.github.grokvideo.component.job.VideoRequest;

/** Jobs as consoles show them. A job holds no key; URLs lose their query, and prompts are shown only if the user wants that. */
final class JobView {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> URLS = Set.of("callbackUrl", "uploadUrl");
    private static final Set<String> PROMPTS = Set.of("prompt", "negativePrompt");

    private static final int PROMPT_START = 60;

    private final VideoEngine engine;
    private final boolean showPrompts;

    JobView(VideoEngine engine, boolean showPrompts) {
        this.engine = engine;
        this.showPrompts = showPrompts;
    }

    static String write(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The answer could not be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Each row has a version, which differs if anything else in it does. */
    ArrayNode page(List<VideoJob> jobs) {
        ArrayNode page = JSON.createArrayNode();
        // One query for all: a store that schedules the jobs would otherwise be queried once per row.
        Map<String, Instant> polls = nextPollsAt(jobs);
        for (VideoJob job : jobs) {
            ObjectNode row = summary(job, polls);
            page.add(row.put("version", Integer.toHexString(row.toString().hashCode())));
        }
        return page;
    }

    private ObjectNode summary(VideoJob job, Map<String, Instant> polls) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", job.id()).put("state", job.state().name()).put("progress", job.progress()).put("provider", job.provider())
                .put("account", job.account()).put("model", job.model()).put("mode", job.mode() == null ? null : job.mode().value())
                .put("tag", job.tag()).put("priority", job.details().priority()).put("jobKey", job.jobKey()).put("taskId", job.taskId());
        json.put("createdAt", text(job.createdAt())).put("acceptedAt", text(job.acceptedAt())).put("renderedAt", text(job.renderedAt()))
                .put("downloadedAt", text(job.downloadedAt())).put("endedAt", text(job.endedAt()))
                .put("nextPollAt", text(polls.get(job.id())));
        json.put("submits", job.submits()).put("polls", job.polls()).put("downloads", job.downloads());
        json.set("cost", cost(job.cost()));
        json.put("fileName", fileName(job.name())).put("kept", isKept(job)).put("sha256", job.sha256())
                .put("deliveredTo", job.details().place(job.isElsewhere())).put("promptStart", promptStart(job.request()));
        json.put("size", job.size()).put("route", job.route())
                .put("detached", job.delivery().state() != JobDelivery.State.ATTACHED)
                .put("delivery", delivery(job.delivery().state())).put("deliveries", job.delivery().count()).put("node", job.node());
        json.set("error", error(job));
        return json;
    }

    /** Accesses the disk. */
    ObjectNode whole(VideoJob job) {
        ObjectNode json = summary(job, nextPollsAt(List.of(job)));
        String lastPoll = engine.operations().lastPoll(job.id()).orElse(null);
        json.put("lastPoll", showPrompts ? lastPoll : Prompts.masked(job, lastPoll));
        json.set("request", request(job.request()));
        ObjectNode metadata = json.putObject("metadata");
        job.metadata().forEach(metadata::put);
        json.set("timeline", timeline(job));
        boolean repeatable = engine.operations().isRepeatable(job);
        // A rejected retry created nothing, so it does not prevent another.
        Optional<VideoJob> retried = engine.operations().retryOf(job.id()).filter(again -> again.state() != JobState.REJECTED);
        json.put("url", SignedUrl.masked(job.url())).put("urlOnly", job.urlOnly())
                .put("file", job.file() == null ? null : job.file().toString())
                .put("filePresent", job.file() != null && Files.isRegularFile(job.file()))
                .put("retryable", repeatable).put("retriedAs", retried.map(VideoJob::id).orElse(null));
        json.put("sourceJob", sourceJob(job.request())).put("fileId", job.details().fileId())
                .put("publicUrl", job.details().publicUrl()).put("storageError", job.details().storageError())
                .put("answeredModel", job.details().answeredModel());
        json.set("attempts", attempts(job));
        json.set("estimate", estimate(job.details().charge()));
        ArrayNode actions = json.putArray("actions");
        actions(job, repeatable, retried.isPresent(), engine.operations().isCancellable(job)).forEach(actions::add);
        return json;
    }

    /** Whether the file should still be where the job has put it. No look at the disk, which may be a network's. */
    private static boolean isKept(VideoJob job) {
        return job.file() != null && (job.directory() != null || job.state() == JobState.DOWNLOADED);
    }

    private static String fileName(VideoName name) {
        return name == null ? null : name.taken() != null ? name.taken() : name.wanted();
    }

    private String promptStart(VideoRequest request) {
        String prompt = showPrompts && request != null ? request.prompt() : null;
        return prompt == null || prompt.length() <= PROMPT_START ? prompt : prompt.substring(0, PROMPT_START) + "...";
    }

    private static String sourceJob(VideoRequest request) {
        return request != null && request.video() instanceof Media.EarlierJob source ? source.jobId() : null;
    }

    private Map<String, Instant> nextPollsAt(List<VideoJob> jobs) {
        return engine.operations().nextPollsAt(jobs.stream()
                .filter(job -> job.state() == JobState.ACCEPTED || job.state() == JobState.RUNNING).map(VideoJob::id).toList());
    }

    /** The operations of {@link io.github.grokvideo.component.engine.JobOperations} that are possible in the job's current state. */
    static List<String> actions(VideoJob job, boolean repeatable, boolean retried, boolean cancellable) {
        JobState state = job.state();
        List<String> actions = new ArrayList<>();
        boolean asked = state == JobState.ACCEPTED || state == JobState.RUNNING;
        boolean over = state.isEnded() || state == JobState.DOWNLOADED || state == JobState.RENDERED && job.urlOnly();
        boolean askedAgain = JobOperations.canBePolledAgain(job);
        if (asked || askedAgain) {
            actions.add("pollNow");
        }
        if (!over) {
            actions.add("stopWaiting");
        }
        if (cancellable) {
            actions.add("cancel");
        }
        if (over && job.delivery().state() != JobDelivery.State.CLAIMED && state != JobState.REJECTED) {
            actions.add("redeliver");
        }
        if (askedAgain) {
            actions.add("adopt");
        }
        if (state == JobState.UNKNOWN) {
            actions.add("adopt");
            if (repeatable) {
                actions.add("resubmit");
            }
            actions.add("abandon");
        }
        if (repeatable && !retried && state.isFailure()) {
            actions.add("retry");
        }
        return actions;
    }

    private ObjectNode request(VideoRequest request) {
        ObjectNode json = JSON.createObjectNode();
        if (request == null) {
            return json;
        }
        for (Map.Entry<String, Object> field : request.given().entrySet()) {
            if (showPrompts || !PROMPTS.contains(field.getKey())) {
                json.set(field.getKey(), value(field.getKey(), field.getValue()));
            }
        }
        if (!request.additionalFields().isEmpty()) {
            // They may contain a prompt or a secret.
            json.set("additionalFields", showPrompts ? JSON.valueToTree(request.additionalFields())
                    : JSON.valueToTree(request.additionalFields().keySet()));
        }
        return json;
    }

    /** Media are shown without their secrets. */
    private static JsonNode value(String field, Object value) {
        if (value instanceof List<?> media) {
            ArrayNode array = JSON.createArrayNode();
            media.forEach(one -> array.add(one.toString()));
            return array;
        }
        if (value instanceof Number || value instanceof Boolean) {
            return JSON.valueToTree(value);
        }
        return JSON.getNodeFactory().textNode(URLS.contains(field) ? SignedUrl.masked(value.toString()) : value.toString());
    }

    private static ArrayNode timeline(VideoJob job) {
        ArrayNode timeline = JSON.createArrayNode();
        step(timeline, JobState.NEW, job.createdAt());
        step(timeline, JobState.SUBMITTING, job.submittedAt());
        step(timeline, JobState.ACCEPTED, job.acceptedAt());
        step(timeline, JobState.RUNNING, job.runningAt());
        step(timeline, JobState.RENDERED, job.renderedAt());
        step(timeline, JobState.DOWNLOADED, job.downloadedAt());
        step(timeline, job.state(), job.state().isEnded() ? job.endedAt() : null);
        return timeline;
    }

    private static void step(ArrayNode timeline, JobState state, Instant at) {
        if (at != null) {
            timeline.addObject().put("state", state.name()).put("at", at.toString());
        }
    }

    static ObjectNode history(List<History.Bucket> buckets) {
        ObjectNode json = JSON.createObjectNode().put("bucketSeconds", History.BUCKET_SECONDS);
        ArrayNode array = json.putArray("buckets");
        for (History.Bucket bucket : buckets) {
            ObjectNode one = array.addObject().put("at", bucket.at().toString()).put("submitted", bucket.submitted())
                    .put("waitP50Millis", bucket.waitP50Millis()).put("waitP95Millis", bucket.waitP95Millis());
            ObjectNode ended = one.putObject("ended");
            bucket.ended().forEach((state, count) -> ended.put(state.name(), count));
            ObjectNode spend = one.putObject("spend");
            for (Map.Entry<String, BigDecimal> unit : bucket.spend().entrySet()) {
                spend.put(unit.getKey(), unit.getValue().toPlainString());
            }
        }
        return json;
    }

    /** @return what the job was expected to cost, also when the gateway has reported something else */
    private static JsonNode estimate(JobCharge charge) {
        return cost(charge == null || charge.estimate() == null ? null : new Cost(Cost.plain(charge.estimate()), charge.unit(), true));
    }

    private static JsonNode cost(Cost cost) {
        return cost == null ? JSON.nullNode()
                : JSON.createObjectNode().put("amount", cost.amount().toPlainString()).put("unit", cost.unit())
                        .put("estimated", cost.estimated());
    }

    private JsonNode error(VideoJob job) {
        JobError error = job.error();
        return error == null ? JSON.nullNode()
                : JSON.createObjectNode().put("type", error.type().name())
                        .put("message", showPrompts ? error.message() : Prompts.masked(job, error.message()))
                        .put("charged", error.charged().name().toLowerCase(Locale.ROOT)).put("retryable", error.retryable())
                        .put("httpStatus", error.httpStatus()).put("gatewayCode", error.gatewayCode())
                        .put("requestId", error.requestId());
    }

    /** What other accounts had answered before: option failover. */
    private ArrayNode attempts(VideoJob job) {
        ArrayNode attempts = JSON.createArrayNode();
        for (JobError.Attempt attempt : job.details().attempts()) {
            ObjectNode json = JSON.valueToTree(attempt.toMap());
            attempts.add(json.put("message", showPrompts ? attempt.error().message() : Prompts.masked(job, attempt.error().message())));
        }
        return attempts;
    }

    private static String delivery(JobDelivery.State state) {
        return state == JobDelivery.State.ATTACHED || state == JobDelivery.State.DETACHED ? "NONE" : state.name();
    }

    private static String text(Instant at) {
        return at == null ? null : at.toString();
    }
}
