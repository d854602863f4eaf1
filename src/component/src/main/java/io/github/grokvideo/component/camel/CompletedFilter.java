// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/**
 * Selects the jobs that a {@code completed} consumer takes, by its endpoint's own options. Options set on the component are defaults for
 * calls, not filters.
 *
 * @param states   job states it takes, a subset of {@link #ENDS}
 * @param provider name of the gateway; null = all
 * @param account  null = all
 * @param tag      null = all
 */
record CompletedFilter(Set<JobState> states, String provider, String account, String tag) implements Predicate<VideoJob> {

    private static final Set<JobState> ENDS = EnumSet.of(JobState.DOWNLOADED, JobState.RENDERED, JobState.FAILED,
            JobState.MODERATED, JobState.EXPIRED, JobState.CANCELLED, JobState.UNKNOWN);

    /** @return a copy for an endpoint, before the endpoint's own options are applied */
    static GrokVideoConfiguration withoutFilters(GrokVideoConfiguration defaults) {
        GrokVideoConfiguration copy = defaults.copy();
        copy.setProvider(null);
        copy.setAccount(null);
        copy.setTag(null);
        return copy;
    }

    /**
     * @param providerName maps the option {@code provider} to the name stored with jobs
     * @throws IllegalArgumentException if an option is invalid
     */
    static CompletedFilter of(CompletedConfiguration completed, GrokVideoConfiguration options, UnaryOperator<String> providerName) {
        String provider = given(options.getProvider());
        return new CompletedFilter(states(completed.getStatus()), provider == null ? null : providerName.apply(provider),
                given(options.getAccount()), given(options.getTag()));
    }

    private static String given(String option) {
        return option == null || option.isBlank() ? null : option.strip();
    }

    private static Set<JobState> states(String text) {
        if (text == null || text.isBlank()) {
            return ENDS;
        }
        Set<JobState> states = EnumSet.noneOf(JobState.class);
        for (String word : text.split(",")) {
            JobState state = Arrays.stream(JobState.values())
                    .filter(one -> one.name().equals(word.strip().toUpperCase(Locale.ROOT))).findFirst().orElse(null);
            if (state == null || !ENDS.contains(state)) {
                throw new IllegalArgumentException("status '" + word.strip() + "' is not one of " + ENDS);
            }
            states.add(state);
        }
        return states;
    }

    @Override
    public boolean test(VideoJob job) {
        return states.contains(job.state()) && mayTake(job);
    }

    /** Whether it would take the job in one of its states. */
    boolean mayTake(VideoJob job) {
        return (provider == null || provider.equals(job.provider())) && (account == null || account.equals(job.account()))
                && (tag == null || tag.equals(job.tag()));
    }
}
