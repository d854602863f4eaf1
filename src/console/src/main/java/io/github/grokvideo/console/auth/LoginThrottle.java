// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.console.auth;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Makes guessing slow: after three wrong passwords an address cannot try for 1 s, then 2 s, doubling up to a minute. All names count
 * together there, so that guessing many is no way around it; a right password takes back only the failures of its own name. Other addresses
 * are not affected, so that nobody can lock the users out from one: a name has a pause of its own only after failures from several
 * addresses, of each of which a few count. Who is logged in already is not affected. Hawtio's own throttle starts one guess later, counts
 * per name and can lock a user out for a day, so it is switched off. For any thread.
 */
public final class LoginThrottle {

    private static final int FREE_FAILURES = 3;
    /** Of one address with one name: so many count for the name. */
    private static final int MOST_FOR_NAME = 3;
    /** From four addresses on. */
    private static final int FREE_FAILURES_OF_NAME = 10;
    private static final int MOST_KEYS = 10_000;
    private static final int LONGEST_NAME = 100;
    private static final int LOCKS = 64;
    private static final long PATIENCE_SECONDS = 3;

    /** Held while a password is checked: guesses of an address at the same time would otherwise all be made before the first one counts. */
    private final ReentrantLock[] checking = IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);
    private final ReentrantLock counting = new ReentrantLock();
    private final FailureCounts byAddress;
    private final FailureCounts byName;
    private final FailureCounts byBoth;
    private final ThreadLocal<String> caller = new ThreadLocal<>();

    public LoginThrottle(InstantSource clock) {
        byAddress = new FailureCounts(clock, FREE_FAILURES, MOST_KEYS);
        byName = new FailureCounts(clock, FREE_FAILURES_OF_NAME, MOST_KEYS);
        byBoth = new FailureCounts(clock, FREE_FAILURES, MOST_KEYS);
    }

    /** Says whose attempts this thread makes from now on. @param address null = nobody's any more */
    public void caller(String address) {
        if (address == null) {
            caller.remove();
        } else {
            caller.set(address);
        }
    }

    /** How long nobody can log in from an address; zero if somebody can. */
    public Duration blockedFor(String address) {
        counting.lock();
        try {
            return byAddress.pause(address);
        } finally {
            counting.unlock();
        }
    }

    /**
     * Makes an attempt of the {@link #caller}, unless it has to wait.
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
                byName.forgive(name, Math.min(own, MOST_FOR_NAME));
                byBoth.forgive(both, own);
            } else {
                byAddress.failed(address);
                byBoth.failed(both);
                if (own < MOST_FOR_NAME) {
                    byName.failed(name);
                }
            }
        } finally {
            counting.unlock();
        }
    }
}
