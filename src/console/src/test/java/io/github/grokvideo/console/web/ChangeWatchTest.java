// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls are registered while they wait, and no longer, whatever happens at the same time. */
class ChangeWatchTest {

    private static final int CALLS = 20_000;
    private static final int DEAD = 20;

    private final ChangeWatch watch = new ChangeWatch();
    private ObjectName bean;

    @BeforeEach
    void nameBean() throws Exception {
        bean = new ObjectName("org.apache.camel:context=nowhere,type=services,name=VideoJobs");
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private static WaitingCall call() {
        return new WaitingCall(null, "0", () -> true, () -> { });
    }

    /** The call of a browser that has gone. */
    private static AsyncContext nobody() {
        return (AsyncContext) Proxy.newProxyInstance(AsyncContext.class.getClassLoader(), new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    throw new IllegalStateException("gone");
                });
    }

    @Test
    void aCallThatHasEndedBeforeItIsAddedIsNotKept() {
        WaitingCall call = call();
        call.lost();

        watch.add(bean, call);

        assertThat(watch.size()).isZero();
    }

    @Test
    void noCallGetsLostWhileTheLastOfOthersIsRemoved() throws Exception {
        ExecutorService pages = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> lost = new ArrayList<>();
            for (int page = 0; page < 2; page++) {
                lost.add(pages.submit(() -> {
                    int missing = 0;
                    for (int i = 0; i < CALLS; i++) {
                        WaitingCall call = call();
                        watch.add(bean, call);
                        missing += watch.size() == 0 ? 1 : 0;
                        watch.remove(bean, call);
                    }
                    return missing;
                }));
            }
            for (Future<Integer> page : lost) {
                assertThat(page.get(30, TimeUnit.SECONDS)).isZero();
            }
        } finally {
            pages.shutdownNow();
        }
        assertThat(watch.size()).isZero();
    }

    @Test
    void aCallOfASessionThatHasEndedIsRefused() {
        SessionCalls calls = new SessionCalls((HttpSession) Proxy.newProxyInstance(HttpSession.class.getClassLoader(),
                new Class<?>[] {HttpSession.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("invalid");
                }));
        WaitingCall call = new WaitingCall(nobody(), "0", () -> true, () -> { });

        calls.add(call);

        assertThat(call.isAnswered()).isTrue();
    }

    @Test
    void aCallWhoseSessionEndsWithoutTellingItIsRefused() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        server.registerMBean(new StandardMBean(() -> "0", Changes.class), bean);
        try {
            AtomicBoolean loggedIn = new AtomicBoolean(true);
            AtomicInteger questions = new AtomicInteger();
            WaitingCall call = new WaitingCall(nobody(), "0", () -> questions.incrementAndGet() > 0 && loggedIn.get(), () -> { });
            watch.add(bean, call);
            await().atMost(Duration.ofSeconds(20)).until(() -> questions.get() > 0);
            assertThat(call.isAnswered()).isFalse();

            loggedIn.set(false);

            await().atMost(Duration.ofSeconds(20)).until(call::isAnswered);
        } finally {
            server.unregisterMBean(bean);
        }
    }

    @Test
    void storesThatDoNotAnswerKeepNoOtherContextWaiting() throws Exception {
        CountDownLatch asked = new CountDownLatch(DEAD);
        CompletableFuture<String> answer = new CompletableFuture<>();
        AtomicBoolean loggedIn = new AtomicBoolean(true);
        List<ObjectName> dead = new ArrayList<>();
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        server.registerMBean(new StandardMBean(() -> "1", Changes.class), bean);
        try {
            for (int i = 0; i < DEAD; i++) {
                dead.add(new ObjectName("org.apache.camel:context=dead-" + i + ",type=services,name=VideoJobs"));
                server.registerMBean(new StandardMBean(() -> {
                    asked.countDown();
                    return answer.join();
                }, Changes.class), dead.get(i));
                follow(dead.get(i), () -> true);
            }
            WaitingCall late = follow(dead.get(0), () -> true);
            WaitingCall ended = follow(dead.get(0), loggedIn::get);
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

            WaitingCall call = follow(bean, () -> true);
            loggedIn.set(false);

            await().atMost(Duration.ofSeconds(20)).until(call::isAnswered);
            await().atMost(Duration.ofSeconds(20)).until(ended::isAnswered);
            assertThat(late.isAnswered()).isFalse();
            answer.complete("1");
            await().atMost(Duration.ofSeconds(20)).until(late::isAnswered);
        } finally {
            answer.complete("1");
            for (ObjectName name : dead) {
                server.unregisterMBean(name);
            }
            server.unregisterMBean(bean);
        }
    }

    private WaitingCall follow(ObjectName name, BooleanSupplier loggedIn) {
        WaitingCall call = new WaitingCall(nobody(), "0", loggedIn, () -> { });
        watch.add(name, call);
        return call;
    }

    /** What is asked of a component's jobs. */
    public interface Changes {
        String changes();
    }
}
