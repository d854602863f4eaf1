package io.github.grokvideo.component.camel;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import io.github.grokvideo.component.job.JobState;
import io.github.grokvideo.component.job.VideoJob;

/** Which jobs a {@code completed} consumer takes. */
final class CompletedFilter implements Predicate<VideoJob> {

    private static final Set<JobState> ENDS = EnumSet.of(
            JobState.DOWNLOADED, JobState.RENDERED, JobState.FAILED, JobState.MODERATED, JobState.EXPIRED, JobState.UNKNOWN);

    private final Set<JobState> states;
    private final String provider;
    private final String tag;

    private CompletedFilter(Set<JobState> states, String provider, String tag) {
        this.states = states;
        this.provider = provider;
        this.tag = tag;
    }

    /** @throws IllegalArgumentException where an option is not one of those allowed */
    static CompletedFilter of(CompletedConfiguration completed, GrokVideoConfiguration options) {
        return new CompletedFilter(states(completed.getStatus()), options.getProvider(), options.getTag());
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
        return states.contains(job.state()) && (provider == null || provider.equals(job.provider()))
                && (tag == null || tag.equals(job.tag()));
    }
}
