// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.limits;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.job.VideoJob;

/** The accounts that this engine knows, with their limits. Thread-safe. */
public final class Accounts {

    private final Map<String, AccountLimits> limits = new ConcurrentHashMap<>();
    private final Consumer<String> firstSeen;
    private final Function<String, Optional<VideoAccount>> accounts;
    /** null = this engine follows all jobs of its store. */
    private final OpenJobCount openJobs;

    /**
     * @param firstSeen receives the name of each account when it becomes known
     * @param accounts  finds the accounts that stored jobs refer to
     * @param openJobs  counts the jobs in a store that outlives the engine or is shared; null = this engine follows all of them
     */
    public Accounts(Consumer<String> firstSeen, Function<String, Optional<VideoAccount>> accounts, OpenJobCount openJobs) {
        this.openJobs = openJobs;
        this.firstSeen = firstSeen;
        this.accounts = accounts;
    }

    public AccountLimits of(VideoAccount account) {
        AccountLimits known = limits.get(account.name());
        if (known == null) {
            AccountLimits created = new AccountLimits(account, openJobs);
            known = limits.putIfAbsent(account.name(), created);
            if (known == null) {
                firstSeen.accept(account.name());
                return created;
            }
        }
        known.renew(account);
        return known;
    }

    /** @return null = this engine does not know the job's account, or knows it with another provider */
    public AccountLimits of(VideoJob job) {
        AccountLimits known = named(job);
        return known == null || !known.account().provider().name().equals(job.provider()) ? null : known;
    }

    private AccountLimits named(VideoJob job) {
        AccountLimits known = limits.get(job.account());
        return known != null ? known : accounts.apply(job.account()).map(this::of).orElse(null);
    }
}
