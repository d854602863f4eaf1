// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import io.github.grokvideo.component.engine.EngineCluster;
import io.github.grokvideo.component.engine.JobTimer;
import io.github.grokvideo.component.store.StoreNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This engine's membership among the engines of its store: one heartbeat for all its jobs. Thread-safe.
 *
 * <p>A node that is silent for {@link #LEASE} counts as dead. Its POSTs count as finished only submitTimeout plus {@link #SKEW} later, and
 * it starts none without a fresh heartbeat, so no job is marked UNKNOWN before its POST is sent.
 */
public final class Membership {

    /** Four heartbeats missed. */
    public static final Duration LEASE = Duration.ofSeconds(20);
    /** Allows for clock differences and process pauses. */
    static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final Duration FRESH = LEASE.minusSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final String id;
    /** null = not clustered: no other engine can use the store. */
    private final EngineCluster cluster;
    private final JobTimer timer;
    private final Executor work;
    private final Duration submitTimeout;
    private final Consumer<List<StoreNode>> round;
    private final AtomicBoolean inRound = new AtomicBoolean();
    private final ReentrantLock beating = new ReentrantLock();
    private volatile List<StoreNode> known = List.of();
    private volatile Instant beatAt = Instant.MIN;
    private volatile Instant steadyBeatAt = Instant.MIN;
    private volatile Instant trustsOthersFrom = Instant.MIN;
    private volatile boolean stopped;
    private volatile JobTimer.Cancellable next = () -> { };

    /** @param round receives all nodes after a heartbeat, on a work thread; never runs concurrently with itself */
    public Membership(EngineCluster cluster, JobTimer timer, Executor work, Duration submitTimeout, Consumer<List<StoreNode>> round) {
        this.cluster = cluster;
        this.id = cluster == null ? UUID.randomUUID().toString() : cluster.node();
        this.timer = timer;
        this.work = work;
        this.submitTimeout = submitTimeout;
        this.round = round;
    }

    public String id() {
        return id;
    }

    /** @return id of this node's work directory; null = no other node can have files */
    public String holder() {
        return cluster == null ? null : cluster.holder();
    }

    /** Whether a POST may start: no other node will take its job over while it is in flight. */
    public boolean mayPost() {
        return cluster == null || isFresh(timer.now(), cluster.nodes().clock().steady());
    }

    /**
     * Checks both this machine's clock, which may be set back, and the monotonic one, which may stop while the machine sleeps. The store's
     * clock is not used, since the heartbeat itself may correct it.
     */
    private boolean isFresh(Instant now, Instant steadyNow) {
        return !now.isAfter(beatAt.plus(FRESH)) && !steadyNow.isAfter(steadyBeatAt.plus(FRESH));
    }

    /** @param node null = no node */
    public boolean isAlive(String node) {
        return node != null && (node.equals(id) || known.stream().anyMatch(one -> one.id().equals(node) && isAlive(one)));
    }

    /**
     * Whether a live node can read the files of a work directory.
     *
     * @param holder null = none
     */
    public boolean isHolderAlive(String holder) {
        return holder != null && (holder.equals(holder()) || known.stream().anyMatch(one -> one.holder().equals(holder) && isAlive(one)));
    }

    private static boolean isAlive(StoreNode node) {
        return node.silence().compareTo(LEASE) < 0;
    }

    /** Whether a dead node's jobs may still be taken over here. */
    public boolean mayTakeFrom(String node) {
        return !stopped && !isAlive(node);
    }

    /** @return the dead nodes; none for a while after this node could not reach the store, since other nodes could not either */
    public Stream<StoreNode> ended(List<StoreNode> nodes) {
        boolean trusted = !timer.now().isBefore(trustsOthersFrom);
        return nodes.stream().filter(node -> !node.id().equals(id) && trusted && !isAlive(node));
    }

    /** Whether a dead node's POSTs can no longer be in flight. */
    public static boolean isPastSubmitTimeout(StoreNode node) {
        return node.silence().compareTo(LEASE.plus(node.submitTimeout()).plus(SKEW)) >= 0;
    }

    /** The first heartbeat. Blocks; throws what the store throws. */
    public void start() {
        if (cluster != null) {
            beat();
            beginRound();
            schedule();
        }
    }

    /** Leaves the cluster: other nodes take over its jobs from now on. Blocks. */
    public void leave() {
        stopped = true;
        next.cancel();
        if (cluster == null) {
            return;
        }
        beating.lock();
        try {
            cluster.nodes().leave(id);
        } catch (RuntimeException away) {
            LOG.warn("The store could not be notified that this node ends; others will notice after {} s: {}", LEASE.toSeconds(),
                    away.toString());
        } finally {
            beating.unlock();
        }
    }

    /** On its own thread: queued behind other work, a busy node would look dead. */
    private void schedule() {
        next = timer.schedule(BEAT, () -> cluster.beats().execute(() -> {
            try {
                beat();
                beginRound();
            } catch (RuntimeException away) {
                LOG.warn("No heartbeat, the store does not answer: {}", away.toString());
            } finally {
                if (!stopped) {
                    schedule();
                }
            }
        }));
    }

    private void beat() {
        beating.lock();
        try {
            if (stopped) {
                return;
            }
            Instant begun = timer.now();
            Instant steadyBegun = cluster.nodes().clock().steady();
            cluster.nodes().beat(new StoreNode(id, cluster.holder(), submitTimeout, Duration.ZERO));
            if (!beatAt.equals(Instant.MIN) && !isFresh(begun, steadyBegun)) {
                trustsOthersFrom = begun.plus(LEASE);
            }
            beatAt = begun;
            steadyBeatAt = steadyBegun;
            known = cluster.nodes().list();
        } finally {
            beating.unlock();
        }
    }

    private void beginRound() {
        if (!inRound.compareAndSet(false, true)) {
            return;
        }
        try {
            work.execute(this::round);
        } catch (RejectedExecutionException closed) {
            inRound.set(false);
        }
    }

    private void round() {
        try {
            if (!stopped) {
                round.accept(known);
            }
        } catch (RuntimeException away) {
            LOG.warn("The jobs of dead nodes could not be taken over; retrying: {}", away.toString());
        } finally {
            inRound.set(false);
        }
    }
}
