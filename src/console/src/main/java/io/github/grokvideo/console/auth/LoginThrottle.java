package io.github.grokvideo.console.auth;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Makes guessing slow: after three wrong passwords in a row nobody can try for 1 s, then 2 s, doubling up to a minute. One for all users,
 * so that guessing many names is no way around it; who is logged in already is not affected. Hawtio's own starts one guess later,
 * counts per name and can lock a user out for a day, so it is switched off. For any thread.
 */
public final class LoginThrottle {

    private static final int FREE_FAILURES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final long PATIENCE_SECONDS = 3;

    private final InstantSource clock;
    // Held while a password is checked: guesses at the same time would otherwise all be made before the first one counts.
    private final ReentrantLock checking = new ReentrantLock();
    private volatile long blockedUntilMillis;
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
     * @param passwordCheck whether the password is right
     * @return false if it is wrong, or was not checked because logins are blocked
     */
    public boolean attempt(BooleanSupplier passwordCheck) throws InterruptedException {
        if (!checking.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            return false;
        }
        try {
            if (!blockedFor().isZero()) {
                return false;
            }
            boolean right = passwordCheck.getAsBoolean();
            if (right) {
                failures = 0;
            } else {
                failures++;
                blockedUntilMillis = failures < FREE_FAILURES ? 0 : clock.millis() + pause(failures - FREE_FAILURES).toMillis();
            }
            return right;
        } finally {
            checking.unlock();
        }
    }

    private static Duration pause(int doublings) {
        Duration pause = doublings > 6 ? LONGEST_PAUSE : FIRST_PAUSE.multipliedBy(1L << doublings);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
