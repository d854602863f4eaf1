// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import io.github.grokvideo.component.engine.run.DefaultVideoEngine;
import io.github.grokvideo.component.error.Charged;
import io.github.grokvideo.component.error.ErrorType;
import io.github.grokvideo.component.error.JobError;
import io.github.grokvideo.component.store.DueJobs;
import io.github.grokvideo.component.store.MemoryJobStore;
import io.github.grokvideo.component.store.StoreClock;
import io.github.grokvideo.component.store.StoreNode;
import io.github.grokvideo.component.store.StoreNodes;

/** Engines on one store, on the test's thread and time. Killed ones do nothing any more, as by SIGKILL. */
final class TestCluster {

    final ManualTimer timer = new ManualTimer();
    final TestGateway gateway = new TestGateway();
    final FlakyStore store = new FlakyStore(new MemoryJobStore());
    final Map<String, Instant> due = new LinkedHashMap<>();
    int dueLooks;
    /** Of the table of the nodes. */
    boolean away;
    /** Of the table of due jobs. */
    boolean dueAway;
    private final Map<String, StoreNode> entered = new LinkedHashMap<>();
    private final Map<String, Instant> beats = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Path directory;

    TestCluster(Path directory) {
        this.directory = directory;
    }

    Node start(String name) {
        return start(name, name);
    }

    Node start(String name, String workDirectory) {
        return start(name, workDirectory, Duration.ZERO);
    }

    /** @param ahead of the store's clock is the node's */
    Node start(String name, String workDirectory, Duration ahead) {
        Node node = startWithoutAccounts(name, workDirectory, ahead);
        node.engine.register(gateway.account());
        return node;
    }

    Node startWithoutAccounts(String name, String workDirectory) {
        return startWithoutAccounts(name, workDirectory, Duration.ZERO);
    }

    private Node startWithoutAccounts(String name, String workDirectory, Duration ahead) {
        Node node = new Node(name, workDirectory, ahead);
        nodes.add(node);
        node.engine.start();
        return node;
    }

    /** As if a node had handed the job over. */
    void time(String jobId) {
        new Due(nodes.get(0)).put(jobId, timer.now());
    }

    boolean isEntered(String node) {
        return entered.containsKey(node);
    }

    /** One engine. */
    final class Node {

        final DefaultVideoEngine engine;
        /** From all of the store, which others reach. */
        boolean cutOff;
        /** Its work threads have more to do than they can: what comes waits for {@link #catchUp}. */
        boolean busy;
        private final Deque<Runnable> queue = new ArrayDeque<>();
        private boolean alive = true;
        private DueJobs.Steps steps;
        private final StoreClock clock;

        private Node(String name, String workDirectory, Duration ahead) {
            Path work = directory.resolve(workDirectory);
            try {
                Files.createDirectories(work);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            EngineSettings settings = EngineSettings.builder(work).submitTimeout(Duration.ofSeconds(60))
                    .submitRetryTimeout(Duration.ofSeconds(60)).pollTimeout(Duration.ofSeconds(30))
                    .downloadTimeout(Duration.ofMinutes(30)).downloadIdleTimeout(Duration.ofSeconds(30)).maxFileSize(2L << 30)
                    .ioThreads(4).keepUndelivered(Duration.ofDays(7)).keepKeys(Duration.ofDays(30)).build();
            Executor whileAlive = task -> {
                if (alive) {
                    task.run();
                }
            };
            Executor unlessBusy = task -> {
                if (busy) {
                    queue.add(task);
                } else {
                    whileAlive.execute(task);
                }
            };
            JobTimer own = new JobTimer() {
                @Override
                public Instant now() {
                    return timer.now().plus(ahead);
                }

                @Override
                public Cancellable schedule(Duration delay, Runnable task) {
                    return timer.schedule(delay, () -> whileAlive.execute(task));
                }
            };
            clock = new StoreClock(new HandDrivenClock(own));
            EngineCluster cluster = new EngineCluster(
                    name, workDirectory, new Heartbeats(this), new Due(this), account -> Optional.empty(), whileAlive);
            FlakyStore reached = new FlakyStore(store);
            reached.away = question -> cutOff;
            engine = new DefaultVideoEngine(
                    settings, reached, cluster, gateway, gateway, own, unlessBusy, whileAlive, new Random(1), () -> { }, () -> { });
        }

        void catchUp() {
            busy = false;
            while (!queue.isEmpty()) {
                queue.poll().run();
            }
        }

        /** Runs one of the tasks that wait, if there is any. */
        void step() {
            if (!queue.isEmpty()) {
                queue.poll().run();
            }
        }

        void kill() {
            alive = false;
        }

        void stop() {
            engine.close();
            alive = false;
        }

        private void reached(boolean tableIsAway) {
            if (tableIsAway || cutOff) {
                throw JobError.of(ErrorType.STORE_UNAVAILABLE, "the store is away", Charged.NO).toException(null, null);
            }
        }
    }

    private final class Heartbeats implements StoreNodes {

        private final Node asker;

        private Heartbeats(Node asker) {
            this.asker = asker;
        }

        @Override
        public void beat(StoreNode node) {
            asker.reached(away);
            entered.put(node.id(), node);
            beats.put(node.id(), timer.now());
        }

        @Override
        public List<StoreNode> list() {
            asker.reached(away);
            asker.clock.adjust(asker.clock.steady(), timer.now(), asker.clock.steady());
            return entered.values().stream().map(node -> new StoreNode(node.id(), node.holder(), node.submitTimeout(),
                    Duration.between(beats.get(node.id()), timer.now()))).toList();
        }

        @Override
        public StoreClock clock() {
            return asker.clock;
        }

        @Override
        public void leave(String id) {
            asker.reached(away);
            beats.put(id, Instant.EPOCH);
        }

        @Override
        public void remove(String id) {
            asker.reached(away);
            entered.remove(id);
            beats.remove(id);
        }
    }

    private static final class HandDrivenClock extends Clock {

        private final JobTimer timer;

        private HandDrivenClock(JobTimer timer) {
            this.timer = timer;
        }

        @Override
        public Instant instant() {
            return timer.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    /** Steps run on whichever node lives. */
    private final class Due implements DueJobs {

        private final Node node;

        private Due(Node node) {
            this.node = node;
        }

        @Override
        public void start(Steps toRun) {
            node.steps = toRun;
        }

        @Override
        public void put(String jobId, Instant at) {
            node.reached(dueAway);
            add(jobId, at);
        }

        private void add(String jobId, Instant at) {
            if (due.putIfAbsent(jobId, at) == null) {
                later(jobId, at);
            }
        }

        private void later(String jobId, Instant at) {
            Duration delay = Duration.between(timer.now(), at);
            timer.schedule(delay.isNegative() ? Duration.ZERO : delay, () -> {
                Optional<Node> living = nodes.stream().filter(one -> one.alive && !one.cutOff && one.steps != null).findFirst();
                if (!at.equals(due.get(jobId))) {
                    return;
                }
                due.remove(jobId);
                Optional<Instant> soon = Optional.of(timer.now().plusSeconds(1));
                living.map(one -> one.steps.begin(List.of(jobId)).get(jobId)).orElse(CompletableFuture.completedFuture(soon))
                        .exceptionally(failed -> soon).thenAccept(next -> next.ifPresent(then -> add(jobId, then)));
            });
        }

        @Override
        public boolean bringForward(String jobId, Instant at) {
            node.reached(dueAway);
            due.remove(jobId);
            add(jobId, at);
            return true;
        }

        @Override
        public Map<String, Instant> dueAt(Collection<String> jobIds) {
            dueLooks++;
            Map<String, Instant> found = new LinkedHashMap<>(due);
            found.keySet().retainAll(jobIds);
            return found;
        }

        @Override
        public void stop() {
            node.steps = null;
        }
    }
}
