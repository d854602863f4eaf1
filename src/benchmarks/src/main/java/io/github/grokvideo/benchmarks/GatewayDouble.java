// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;

/**
 * A gateway with xAI's calls, in a process of its own, that costs as little as possible and counts what it sees: the status queries, and
 * for each job the time between its end and the query that is told of it. One event loop, so no locks. Prints its port.
 */
public final class GatewayDouble {

    private record Job(long endsAt, long begunAt) {
    }

    private static final int KIB = 1024;

    private final Vertx vertx;
    private final HttpClient client;
    private final Map<String, Job> jobs = new HashMap<>();
    private final Map<String, Long> noticed = new HashMap<>();
    private Random random = new Random(0);
    private double median;
    private double sigma;
    private long answerAfter;
    private boolean tellsProgress;
    /** Receives a notice of each job's end; null = none are sent. */
    private String notices;
    private SampleVideo video;
    private long polls;
    private int ids;

    private GatewayDouble(Vertx vertx) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient();
    }

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        GatewayDouble gateway = new GatewayDouble(vertx);
        vertx.createHttpServer().requestHandler(gateway::handle).listen(0, "127.0.0.1")
                .onSuccess(server -> System.out.println(server.actualPort()));
    }

    private void handle(HttpServerRequest request) {
        String path = request.path();
        switch (path) {
            case "/double/begin" -> begin(request);
            case "/double/end" -> answer(request, end());
            case "/v1/videos/generations" -> answer(request, submitted());
            default -> {
                if (path.startsWith("/v1/videos/")) {
                    answer(request, polled(path.substring("/v1/videos/".length()), request.getHeader("Host")));
                } else {
                    video.send(request.response());
                }
            }
        }
    }

    /**
     * Parameters: wave (of the seed), seed, median and sigma of the render times in s, delay of answers in ms, progress, notices (a URL),
     * size of a video in KiB.
     */
    private void begin(HttpServerRequest request) {
        random = new Random(Long.parseLong(request.getParam("seed", "1")) * 1000 + Long.parseLong(request.getParam("wave", "1")));
        median = Double.parseDouble(request.getParam("median", "20"));
        sigma = Double.parseDouble(request.getParam("sigma", "0.5"));
        answerAfter = Long.parseLong(request.getParam("delay", "0"));
        tellsProgress = Boolean.parseBoolean(request.getParam("progress", "false"));
        notices = request.getParam("notices");
        video = SampleVideo.of(Integer.parseInt(request.getParam("size", "64")) * KIB);
        polls = 0;
        jobs.clear();
        noticed.clear();
        answer(request, new JsonObject());
    }

    private JsonObject end() {
        double lag = noticed.values().stream().mapToLong(millis -> millis).average().orElse(0);
        return new JsonObject().put("polls", polls).put("ended", noticed.size()).put("lagMillis", lag);
    }

    private JsonObject submitted() {
        String id = "task-" + ++ids;
        long now = System.currentTimeMillis();
        long render = Math.round(1000 * median * Math.exp(sigma * random.nextGaussian()));
        jobs.put(id, new Job(now + render, now));
        if (notices != null) {
            vertx.setTimer(Math.max(1, render), timer -> sendNotice(id));
        }
        return new JsonObject().put("request_id", id);
    }

    private JsonObject polled(String id, String host) {
        Job job = jobs.get(id);
        polls++;
        long now = System.currentTimeMillis();
        if (job != null && now >= job.endsAt()) {
            noticed.putIfAbsent(id, now - job.endsAt());
            return new JsonObject().put("status", "done").put("model", "grok-imagine-video").put("progress", 100).put("video",
                    new JsonObject().put("url", "http://" + host + "/files/" + id + ".mp4").put("duration", 6)
                            .put("respect_moderation", true));
        }
        JsonObject pending = new JsonObject().put("status", "pending");
        return job == null || !tellsProgress ? pending
                : pending.put("progress", 100 * (now - job.begunAt()) / (job.endsAt() - job.begunAt()));
    }

    private void answer(HttpServerRequest request, JsonObject body) {
        Runnable send = () -> request.response().putHeader("Content-Type", "application/json").end(body.toBuffer());
        if (answerAfter == 0) {
            send.run();
        } else {
            vertx.setTimer(answerAfter, timer -> send.run());
        }
    }

    private void sendNotice(String id) {
        client.request(new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(notices))
                .compose(request -> request.send(new JsonObject().put("request_id", id).toBuffer()))
                .onFailure(Throwable::printStackTrace);
    }
}
