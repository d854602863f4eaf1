// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobFailedException;
import io.github.grokvideo.component.error.WaitTimeoutException;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.WebhookRules;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AsyncTest extends CamelTest {

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final AtomicInteger callbacks = new AtomicInteger();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private Exchange process(GrokVideoOperation operation) throws Exception {
        Endpoint endpoint = context.getEndpoint("grokvideo:" + operation);
        AsyncProducer producer = endpoint.createAsyncProducer();
        producer.start();
        Exchange exchange = endpoint.createExchange();
        exchange.getMessage().setBody("id-or-prompt");
        callbacks.set(0);
        producer.process(exchange, doneSync -> callbacks.incrementAndGet());
        return exchange;
    }

    @Test
    void theCallerIsFreeWhileTheJobRuns() throws Exception {
        CompletableFuture<VideoJob> later = new CompletableFuture<>();
        engine.onAwait = wait -> later;

        Exchange exchange = process(GrokVideoOperation.generate);
        assertThat(callbacks).hasValue(0);
        later.complete(engine.finish(engine.lastOrder().jobId()));

        assertThat(callbacks).hasValue(1);
        assertThat(exchange.getException()).isNull();
    }

    @Test
    void tenThousandWaitsNeedNoThread() throws Exception {
        CompletableFuture<VideoJob> never = new CompletableFuture<>();
        engine.onAwait = wait -> never;
        int before = Thread.activeCount();
        Endpoint endpoint = context.getEndpoint("grokvideo:generate");
        AsyncProducer producer = endpoint.createAsyncProducer();
        producer.start();
        for (int i = 0; i < 10_000; i++) {
            Exchange exchange = endpoint.createExchange();
            exchange.getMessage().setBody("prompt " + i);
            producer.process(exchange, doneSync -> callbacks.incrementAndGet());
        }

        assertThat(Thread.activeCount()).isLessThanOrEqualTo(before + 2);
        never.completeExceptionally(FakeEngine.error(ErrorType.DETACHED, Charged.YES, null));
        assertThat(callbacks).hasValue(10_000);
    }

    @Test
    void anErrorOfAFutureIsTheExchangesException() throws Exception {
        engine.onAwait = wait -> CompletableFuture.failedFuture(
                FakeEngine.error(ErrorType.JOB_FAILED, Charged.YES, wait.jobId()));

        Exchange exchange = process(GrokVideoOperation.generate);

        assertThat(exchange.getException()).isInstanceOf(JobFailedException.class);
        assertThat(callbacks).hasValue(1);
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.TASK_ID)).isEqualTo("task-1");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "completed")
    void anEngineThatThrowsEndsTheExchangeOnce(GrokVideoOperation operation) throws Exception {
        FakeEngine broken = new FakeEngine(directory) {
            @Override
            public java.util.Optional<VideoJob> find(String jobId) {
                throw FakeEngine.error(ErrorType.STORE_UNAVAILABLE, Charged.NO, jobId);
            }
        };
        component = new FakeComponent(broken);
        context.removeComponent("grokvideo");
        context.addComponent("grokvideo", component);
        broken.onSubmit = order -> {
            throw new IllegalStateException("broken");
        };
        broken.onAwait = wait -> {
            throw new IllegalStateException("broken");
        };
        broken.onValidate = order -> {
            throw new StackOverflowError("broken");
        };
        broken.balance = null;
        broken.noticeOutcome = null;
        component.getConfiguration().setWebhookVerifier((WebhookRules) (notice, keys, now) -> null);
        component.getConfiguration().setWebhookSecret("s3cret");

        Exchange exchange = process(operation);

        assertThat(exchange.getException()).isNotNull();
        assertThat(callbacks).hasValue(1);
    }

    @Test
    void completionOnAnotherThreadCallsBackOnce() throws Exception {
        engine.executor = threads;
        Exchange exchange = send("grokvideo:generate", "a cat");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.STATUS)).isEqualTo("DOWNLOADED");
    }

    @Test
    void aFileThatIsGoneFailsTheExchange() throws Exception {
        engine.onAwait = wait -> CompletableFuture.completedFuture(engine.jobs.get(wait.jobId()));

        Exchange exchange = process(GrokVideoOperation.generate);

        assertThat(exchange.getException()).isNotNull();
        assertThat(callbacks).hasValue(1);
    }

    @RepeatedTest(50)
    void aWaitThatEndsAsTheVideoComesCallsBackOnce() throws Exception {
        CompletableFuture<VideoJob> later = new CompletableFuture<>();
        engine.onAwait = wait -> later;
        CyclicBarrier start = new CyclicBarrier(3);
        engine.onSubmit = order -> {
            VideoJob job = engine.accept(order);
            VideoJob done = engine.finish(job.id());
            threads.execute(() -> {
                pass(start);
                later.complete(done);
            });
            threads.execute(() -> {
                pass(start);
                later.completeExceptionally(FakeEngine.error(ErrorType.WAIT_TIMEOUT, Charged.YES, job.id()));
            });
            pass(start);
            return CompletableFuture.completedFuture(job);
        };

        Exchange exchange = process(GrokVideoOperation.generate);
        Awaitility.await().untilAsserted(() -> assertThat(callbacks).hasValue(1));

        boolean timedOut = exchange.getException() instanceof WaitTimeoutException;
        assertThat(timedOut || exchange.getMessage().getBody() instanceof java.io.File).isTrue();
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.ERROR_TYPE) != null).isEqualTo(timedOut);
        threads.shutdown();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(callbacks).hasValue(1);
    }

    private static void pass(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
