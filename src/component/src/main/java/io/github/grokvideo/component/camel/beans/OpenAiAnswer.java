// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.provider.openai.PictureSize;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Answers HTTP requests as OpenAI's videos API does, with the maps of {@code submit}, {@code status}, {@code cancel} and {@code list}.
 * Removes all headers, since the consumer would send them. Thread-safe.
 */
public final class OpenAiAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "id";
    private static final String OBJECT = "object";

    /**
     * Answers with a video object.
     *
     * @param exchange whose body is the map of a job
     * @throws JsonProcessingException if it cannot be written as JSON
     */
    public void video(Exchange exchange) throws JsonProcessingException {
        answer(exchange, openAi(exchange.getMessage().getBody(Map.class)));
    }

    /**
     * Answers with a list of videos.
     *
     * @param exchange whose body is the map of {@code list}
     * @throws JsonProcessingException if it cannot be written as JSON
     */
    public void list(Exchange exchange) throws JsonProcessingException {
        Map<?, ?> page = exchange.getMessage().getBody(Map.class);
        List<Map<String, Object>> videos = ((List<?>) page.get("jobs")).stream().map(job -> openAi((Map<?, ?>) job)).toList();
        Map<String, Object> list = new LinkedHashMap<>();
        list.put(OBJECT, "list");
        list.put("data", videos);
        list.put("first_id", videos.isEmpty() ? null : videos.get(0).get(ID));
        list.put("last_id", videos.isEmpty() ? null : videos.get(videos.size() - 1).get(ID));
        list.put("has_more", ((Number) page.get("total")).longValue() > videos.size());
        answer(exchange, list);
    }

    /**
     * Answers a DELETE: {@code deleted} says whether there is no video and will be none. The file of a finished video is kept.
     *
     * @param exchange whose body is the map of the job that {@code cancel} returns
     * @throws JsonProcessingException if it cannot be written as JSON
     */
    public void deleted(Exchange exchange) throws JsonProcessingException {
        Map<?, ?> job = exchange.getMessage().getBody(Map.class);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(ID, job.get("jobId"));
        answer.put(OBJECT, "video.deleted");
        answer.put("deleted", status(state(job)).equals("failed"));
        answer(exchange, answer);
    }

    private static void answer(Exchange exchange, Map<String, Object> body) throws JsonProcessingException {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(JSON.writeValueAsBytes(body));
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    }

    private static Map<String, Object> openAi(Map<?, ?> job) {
        String status = status(state(job));
        Object progress = job.get("progress");
        Map<String, Object> video = new LinkedHashMap<>();
        video.put(ID, job.get("jobId"));
        video.put(OBJECT, "video");
        video.put("model", job.get("model"));
        video.put("status", status);
        video.put("progress", status.equals("completed") ? Integer.valueOf(100) : progress == null ? Integer.valueOf(0) : progress);
        video.put("created_at", seconds(job.get("submittedAt")));
        video.put("completed_at", status.equals("completed") ? seconds(job.get("downloadedAt")) : null);
        video.put("expires_at", null);
        video.put("seconds", job.get("duration") == null ? null : job.get("duration").toString());
        video.put("size",
                new PictureSize(String.valueOf(job.get("resolution")), String.valueOf(job.get("aspectRatio"))).pixels().orElse(null));
        video.put("prompt", null);
        video.put("remixed_from_video_id", null);
        video.put("error", status.equals("failed") ? error(job) : null);
        return video;
    }

    private static Map<String, Object> error(Map<?, ?> job) {
        Object type = job.get("errorType");
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", type == null ? state(job).name().toLowerCase(Locale.ROOT) : OpenAiErrors.code(type.toString()));
        error.put("message", job.get("error") == null ? "There is no video" : job.get("error"));
        return error;
    }

    private static JobState state(Map<?, ?> job) {
        return JobState.valueOf(String.valueOf(job.get("status")));
    }

    private static String status(JobState state) {
        return switch (state) {
            case NEW, SUBMITTING, ACCEPTED -> "queued";
            case RUNNING, RENDERED -> "in_progress";
            case DOWNLOADED, DELIVERED -> "completed";
            case REJECTED, FAILED, MODERATED, EXPIRED, CANCELLED, UNKNOWN -> "failed";
        };
    }

    private static Long seconds(Object time) {
        return time == null ? null : Instant.parse(time.toString()).getEpochSecond();
    }
}
