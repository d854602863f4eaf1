// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.notice;

import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.provider.HttpAnswer;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.webhook.KeySet;
import io.github.grokvideo.component.transport.GatewayAccess;
import io.github.grokvideo.component.transport.VideoTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateways' public keys, fetched when they are first needed and again when one is missing. Thread-safe. */
final class GatewayKeySets {

    /** A forged notice looks like one with a new key, so it must not cause a call each time. */
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(GatewayKeySets.class);

    private final VideoTransport transport;
    private final JobTimer timer;
    private final Map<URI, Entry> entries = new ConcurrentHashMap<>();

    GatewayKeySets(VideoTransport transport, JobTimer timer) {
        this.transport = transport;
        this.timer = timer;
    }

    /** @return the keys as they were last fetched; empty = they were not */
    List<PublicKey> known(URI place) {
        return entry(place).keys;
    }

    /** @return the keys, fetched if the last attempt was a minute ago or longer; fails if there are none */
    CompletableFuture<List<PublicKey>> refreshed(URI place) {
        return entry(place).refreshed(place);
    }

    private Entry entry(URI place) {
        return entries.computeIfAbsent(place, unknown -> new Entry());
    }

    private CompletableFuture<List<PublicKey>> fetch(URI place) {
        try {
            URI origin = URI.create(place.getScheme() + "://" + place.getRawAuthority());
            String path = place.getRawPath() == null || place.getRawPath().isEmpty() ? "/" : place.getRawPath();
            String query = place.getRawQuery() == null ? "" : "?" + place.getRawQuery();
            return transport.call(new GatewayAccess(origin, ""), HttpCall.get(path + query), TIMEOUT).thenApply(GatewayKeySets::read);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static List<PublicKey> read(HttpAnswer answer) {
        List<PublicKey> keys = answer.isSuccess() ? KeySet.read(answer.body()) : List.of();
        if (keys.isEmpty()) {
            throw new IllegalStateException("HTTP " + answer.status() + " without an Ed25519 key");
        }
        return keys;
    }

    /** One set. */
    private final class Entry {

        private final ReentrantLock lock = new ReentrantLock();
        private volatile List<PublicKey> keys = List.of();
        private Instant askedAt;
        private CompletableFuture<List<PublicKey>> answer;

        private CompletableFuture<List<PublicKey>> refreshed(URI place) {
            CompletableFuture<List<PublicKey>> mine;
            lock.lock();
            try {
                if (answer != null && (!answer.isDone() || timer.now().isBefore(askedAt.plus(PAUSE)))) {
                    return answer.isCompletedExceptionally() && !keys.isEmpty() ? CompletableFuture.completedFuture(keys) : answer;
                }
                askedAt = timer.now();
                mine = new CompletableFuture<>();
                answer = mine;
            } finally {
                lock.unlock();
            }
            fetch(place).whenComplete((fetched, failure) -> {
                if (failure == null) {
                    keys = fetched;
                    mine.complete(fetched);
                } else {
                    LOG.warn("The public keys of webhook notices could not be fetched from {}: {}", place.getRawAuthority(),
                            failure.toString());
                    mine.completeExceptionally(failure);
                }
            });
            return mine;
        }
    }
}
