// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * A gateway with xAI's calls, in a process of its own, that costs as little as possible and counts what it sees: the status queries, and
 * for each job the time between its end and the query that is told of it. One event loop, so no locks. Prints its port.
 */
public final class GatewayDouble {

    private record Job(long endsAt, long begunAt) {
    }

    private static final byte[] VIDEO = video(64 * 1024);

    private final Vertx vertx;
    private final Map<String, Job> jobs = new HashMap<>();
    private final Map<String, Long> noticed = new HashMap<>();
    private Random random = new Random(0);
    private double median;
    private double sigma;
    private long answerAfter;
    private boolean tellsProgress;
    private long polls;
    private int ids;

    private GatewayDouble(Vertx vertx) {
        this.vertx = vertx;
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
                    request.response().putHeader("Content-Type", "video/mp4").end(Buffer.buffer(VIDEO));
                }
            }
        }
    }

    /** Parameters: wave (of the seed), seed, median and sigma of the render times in s, delay of answers in ms, progress. */
    private void begin(HttpServerRequest request) {
        random = new Random(Long.parseLong(request.getParam("seed", "1")) * 1000 + Long.parseLong(request.getParam("wave", "1")));
        median = Double.parseDouble(request.getParam("median", "20"));
        sigma = Double.parseDouble(request.getParam("sigma", "0.5"));
        answerAfter = Long.parseLong(request.getParam("delay", "0"));
        tellsProgress = Boolean.parseBoolean(request.getParam("progress", "false"));
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
        jobs.put(id, new Job(now + Math.round(1000 * median * Math.exp(sigma * random.nextGaussian())), now));
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

    private static byte[] video(int size) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(box("ftyp", "isom\0\0\2\0isommp41".getBytes(StandardCharsets.ISO_8859_1)));
        byte[] samples = new byte[size];
        new Random(1).nextBytes(samples);
        all.writeBytes(box("mdat", samples));
        all.writeBytes(box("moov", new byte[100]));
        return all.toByteArray();
    }

    private static byte[] box(String type, byte[] content) {
        return ByteBuffer.allocate(8 + content.length).putInt(8 + content.length).put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(content).array();
    }
}
