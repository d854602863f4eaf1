// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.server;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import io.github.grokvideo.simulator.fault.Fault;
import io.github.grokvideo.simulator.fault.FaultKind;
import io.github.grokvideo.simulator.gateway.Callback;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.log.LoggedRequest;
import io.github.grokvideo.simulator.log.RequestKind;
import io.github.grokvideo.simulator.log.RequestLog;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** One try to deliver a webhook. Redirects are not followed. */
final class CallbackPost {

    private final HttpClient client;
    private final RequestLog log;

    CallbackPost(HttpClient client, RequestLog log) {
        this.client = client;
        this.log = log;
    }

    /**
     * Whether the receiver has answered 2xx; never fails.
     *
     * @param fault of the signature; null for none
     */
    Future<Boolean> post(SimulatedJob job, Callback callback, Fault fault) {
        String url = job.extra(JobDraft.CALLBACK_URL).orElseThrow();
        FaultKind kind = fault == null ? null : fault.kind();
        Instant now = Instant.now();
        Instant claimed = kind == FaultKind.WEBHOOK_STALE ? now.minusMillis(fault.millis("age", "1h")) : now;
        Map<String, String> headers = new TreeMap<>(callback.headers(claimed.getEpochSecond(), kind == FaultKind.WEBHOOK_FORGED));
        headers.put("content-type", "application/json");
        return send(url, headers, callback.bytes()).otherwise(0).map(status -> {
            log.add(new LoggedRequest("POST", url, job.gateway(), RequestKind.SENT, status, kind == null ? null : kind.id(),
                    callback.body().substring(0, Math.min(callback.body().length(), LoggedRequest.MAX_BODY)), headers, now));
            return status / 100 == 2;
        });
    }

    private Future<Integer> send(String url, Map<String, String> headers, byte[] body) {
        RequestOptions options;
        try {
            options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url);
        } catch (RuntimeException notAnUrl) {
            return Future.failedFuture(notAnUrl);
        }
        return client.request(options).compose((HttpClientRequest request) -> {
            headers.forEach(request::putHeader);
            return request.send(Buffer.buffer(body));
        }).map(HttpClientResponse::statusCode);
    }
}
