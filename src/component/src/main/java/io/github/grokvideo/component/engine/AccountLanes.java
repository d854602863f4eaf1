package io.github.grokvideo.component.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import io.github.grokvideo.component.job.VideoJob;

/** The accounts this engine knows, each with its limits at work. Thread-safe. */
final class AccountLanes {

    private final Map<String, AccountLane> lanes = new ConcurrentHashMap<>();
    private final Consumer<AccountLane> firstSeen;

    /** @param firstSeen is told each account when it becomes known */
    AccountLanes(Consumer<AccountLane> firstSeen) {
        this.firstSeen = firstSeen;
    }

    AccountLane of(VideoAccount account) {
        AccountLane created = new AccountLane(account);
        AccountLane known = lanes.putIfAbsent(account.name(), created);
        if (known == null) {
            firstSeen.accept(created);
            return created;
        }
        known.renew(account);
        return known;
    }

    /** @return null = this engine does not know the job's account */
    AccountLane of(VideoJob job) {
        return lanes.get(job.account());
    }
}
