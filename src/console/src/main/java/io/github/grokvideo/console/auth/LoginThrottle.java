// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.auth;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Slows down password guessing: after three wrong passwords an address is blocked for 1 s, then 2 s, doubling up to a minute. Failures
 * count for all names together, and a right password clears only those of its own name. Other addresses are not affected, so one address
 * cannot lock users out: a name is blocked only after failures from several addresses, each of which counts a few times at most. Existing
 * logins are not affected. Hawtio's own throttle starts one guess later, counts per name and can lock a user out for a day, so it is
 * switched off. Thread-safe.
 */
public final class LoginThrottle {

    private static final int FREE_FAILURES = 3;
    /** Failures from one address that count for a name at most. */
    private static final int MAX_FOR_NAME = 3;
    /** Exceeded only by failures from at least four addresses. */
    private static final int FREE_FAILURES_OF_NAME = 10;
    private static final int MAX_KEYS = 10_000;
    private static final int LONGEST_NAME = 100;
    private static final int LOCKS = 64;
    private static final long PATIENCE_SECONDS = 3;

    /** Held while a password is checked, so that concurrent guesses from an address are counted one by one. */
    private final ReentrantLock[] checking = IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);
    private final ReentrantLock counting = new ReentrantLock();
    private final FailureCounts byAddress;
    private final FailureCounts byName;
    private final FailureCounts byBoth;
    private final ThreadLocal<String> caller = new ThreadLocal<>();

    public LoginThrottle(InstantSource clock) {
        byAddress = new FailureCounts(clock, FREE_FAILURES, MAX_KEYS);
        byName = new FailureCounts(clock, FREE_FAILURES_OF_NAME, MAX_KEYS);
        byBoth = new FailureCounts(clock, FREE_FAILURES, MAX_KEYS);
    }

    /** Sets the address for this thread's further attempts. @param address null = none any more */
    public void caller(String address) {
        if (address == null) {
            caller.remove();
        } else {
            caller.set(address);
        }
    }

    /** How long an address is blocked; zero if it is not. */
    public Duration blockedFor(String address) {
        counting.lock();
        try {
            return byAddress.pause(address);
        } finally {
            counting.unlock();
        }
    }

    /**
     * Makes an attempt from the {@link #caller}'s address, unless it is blocked.
     *
     * @param name          of the user
     * @param passwordCheck whether the password is right
     * @return false if it is wrong, or was not checked because of a pause
     */
    public boolean attempt(String name, BooleanSupplier passwordCheck) throws InterruptedException {
        String address = caller.get() == null ? "" : caller.get();
        String user = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        ReentrantLock lock = checking[Math.floorMod(address.hashCode(), LOCKS)];
        if (!lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            return false;
        }
        try {
            if (isBlocked(address, user)) {
                return false;
            }
            boolean right = passwordCheck.getAsBoolean();
            count(address, user, right);
            return right;
        } finally {
            lock.unlock();
        }
    }

    private boolean isBlocked(String address, String name) {
        counting.lock();
        try {
            return !byAddress.pause(address).isZero() || !byName.pause(name).isZero();
        } finally {
            counting.unlock();
        }
    }

    private void count(String address, String name, boolean right) {
        String both = address + " " + name;
        counting.lock();
        try {
            int own = byBoth.of(both);
            if (right) {
                byAddress.forgive(address, own);
                byName.forgive(name, Math.min(own, MAX_FOR_NAME));
                byBoth.forgive(both, own);
            } else {
                byAddress.failed(address);
                byBoth.failed(both);
                if (own < MAX_FOR_NAME) {
                    byName.failed(name);
                }
            }
        } finally {
            counting.unlock();
        }
    }
}
