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
 * This engine among those of its store: one heartbeat for all that it has in hand. Thread-safe.
 *
 * <p>A node that is silent for {@link #LEASE} is taken for ended. Its POSTs are taken for ended only submitTimeout and {@link #SKEW}
 * later, and it begins none without a fresh heartbeat: so no job is called UNKNOWN whose POST is still to come.
 */
public final class Membership {

    /** Four heartbeats missed. */
    public static final Duration LEASE = Duration.ofSeconds(20);
    /** For clocks that differ, and for pauses of a process. */
    static final Duration SKEW = Duration.ofSeconds(30);
    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final Duration FRESH = LEASE.minusSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final String id;
    /** null = nobody else can be on the store. */
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

    /** @param round is told all nodes after a heartbeat, on a work thread; while it is at it no other round is begun */
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

    /** @return id of this node's work directory; null = no other node could have files */
    public String holder() {
        return cluster == null ? null : cluster.holder();
    }

    /** Whether a POST may begin: nobody will take its job for one that was left behind while it is on its way. */
    public boolean mayPost() {
        return cluster == null || isFresh(timer.now(), cluster.nodes().clock().steady());
    }

    /**
     * By this machine's clock and by the steady one: the first may be set back, the second may stand still while the machine sleeps. The
     * store's time is not asked: it may be corrected by the very heartbeat.
     */
    private boolean isFresh(Instant now, Instant steadyNow) {
        return !now.isAfter(beatAt.plus(FRESH)) && !steadyNow.isAfter(steadyBeatAt.plus(FRESH));
    }

    /** @param node null = nobody */
    public boolean isAlive(String node) {
        return node != null && (node.equals(id) || known.stream().anyMatch(one -> one.id().equals(node) && isAlive(one)));
    }

    /** Whether a living node sees the files of a work directory. @param holder null = nobody does */
    public boolean isHolderAlive(String holder) {
        return holder != null && (holder.equals(holder()) || known.stream().anyMatch(one -> one.holder().equals(holder) && isAlive(one)));
    }

    private static boolean isAlive(StoreNode node) {
        return node.silence().compareTo(LEASE) < 0;
    }

    /** Whether what an ended node had in hand may still be taken from it here. */
    public boolean mayTakeFrom(String node) {
        return !stopped && !isAlive(node);
    }

    /** @return the nodes that have ended; none for a while after this one could not reach the store, since neither could they */
    public Stream<StoreNode> ended(List<StoreNode> nodes) {
        boolean trusted = !timer.now().isBefore(trustsOthersFrom);
        return nodes.stream().filter(node -> !node.id().equals(id) && trusted && !isAlive(node));
    }

    /** Whether a POST of an ended node can no longer be on its way. */
    public static boolean hasLetGo(StoreNode node) {
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

    /** Others take over what it has in hand from now on. Blocks. */
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
            LOG.warn("The store could not be told that this node ends; others will notice after {} s: {}", LEASE.toSeconds(),
                    away.toString());
        } finally {
            beating.unlock();
        }
    }

    /** On a thread of its own: behind other work a node that has much to do would look dead. */
    private void schedule() {
        next = timer.schedule(BEAT, () -> cluster.beats().execute(() -> {
            try {
                beat();
                beginRound();
            } catch (RuntimeException away) {
                LOG.warn("No heartbeat, the store is away: {}", away.toString());
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
            LOG.warn("What ended nodes had in hand could not be taken over, it is tried again: {}", away.toString());
        } finally {
            inRound.set(false);
        }
    }
}
