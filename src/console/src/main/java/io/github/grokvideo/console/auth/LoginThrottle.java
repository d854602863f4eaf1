package io.github.grokvideo.console.auth;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Makes guessing slow: after three wrong passwords nobody can try for 1 s, then 2 s, doubling up to a minute. All names count together, so
 * that guessing many is no way around it; a right password takes back only the failures of its own name, so that who has a login cannot
 * guess another's between two of his own. Who is logged in already is not affected. Hawtio's own throttle starts one guess later, counts
 * per name and can lock a user out for a day, so it is switched off. For any thread.
 */
public final class LoginThrottle {

    private static final int FREE_FAILURES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** After so long without a failure nobody is guessing any more. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
    /** Further names are only in the sum: whoever tries so many is no user who mistyped. */
    private static final int MOST_NAMES = 100;
    private static final long PATIENCE_SECONDS = 3;

    private final InstantSource clock;
    // Held while a password is checked: guesses at the same time would otherwise all be made before the first one counts.
    private final ReentrantLock checking = new ReentrantLock();
    private final Map<String, Integer> failuresByName = new LinkedHashMap<>();
    private volatile long blockedUntilMillis;
    private long lastFailureMillis;
    private int failures;

    public LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** How long nobody can log in; zero if somebody can. */
    public Duration blockedFor() {
        return Duration.ofMillis(Math.max(0, blockedUntilMillis - clock.millis()));
    }

    /**
     * Makes an attempt, unless it has to wait.
     *
     * @param name          of the user
     * @param passwordCheck whether the password is right
     * @return false if it is wrong, or was not checked because logins are blocked
     */
    public boolean attempt(String name, BooleanSupplier passwordCheck) throws InterruptedException {
        if (!checking.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            return false;
        }
        try {
            if (!blockedFor().isZero()) {
                return false;
            }
            forgetOld();
            boolean right = passwordCheck.getAsBoolean();
            if (right) {
                Integer own = failuresByName.remove(name);
                failures -= own == null ? 0 : own;
            } else {
                failed(name);
            }
            return right;
        } finally {
            checking.unlock();
        }
    }

    private void forgetOld() {
        if (clock.millis() - lastFailureMillis > FORGOTTEN_AFTER.toMillis()) {
            failuresByName.clear();
            failures = 0;
        }
    }

    private void failed(String name) {
        failures++;
        if (failuresByName.containsKey(name) || failuresByName.size() < MOST_NAMES) {
            failuresByName.merge(name, 1, Integer::sum);
        }
        lastFailureMillis = clock.millis();
        blockedUntilMillis = failures < FREE_FAILURES ? 0 : lastFailureMillis + pause(failures - FREE_FAILURES).toMillis();
    }

    private static Duration pause(int doublings) {
        Duration pause = doublings > 6 ? LONGEST_PAUSE : FIRST_PAUSE.multipliedBy(1L << doublings);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
