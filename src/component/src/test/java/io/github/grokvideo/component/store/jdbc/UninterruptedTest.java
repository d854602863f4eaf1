// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UninterruptedTest {

    @Test
    @Timeout(20)
    void whatHasBegunEndsAndWhatHasNotIsGivenBack() throws Exception {
        ExecutorService pool = Uninterrupted.of(ExecutorService.class, Executors.newFixedThreadPool(1));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Future<Boolean> first = pool.submit(() -> {
            begun.countDown();
            mayEnd.await();
            return Thread.currentThread().isInterrupted();
        });
        begun.await();
        pool.submit(() -> true);

        assertThat(pool.shutdownNow()).hasSize(1);
        assertThat(pool.isShutdown()).isTrue();
        assertThatThrownBy(() -> pool.execute(() -> { })).isInstanceOf(RejectedExecutionException.class);
        mayEnd.countDown();

        assertThat(first.get()).isFalse();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
}
