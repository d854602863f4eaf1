// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import java.util.List;
import java.util.Set;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.ModelOffer;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.provider.VideoProvider;

/**
 * Base class of gateways whose requests follow a {@link RuleBook}; subclasses interpret the answers.
 * <p>
 * Additional fields go beside the gateway's own fields (inside {@code input} if there is one); a name with dots such as
 * {@code extra_body.trace} is the path itself. They override nothing: a clash with a field of the request is a violation.
 */
public abstract class RuledProvider implements VideoProvider {

    private final String name;
    private final RuleBook rules;

    protected RuledProvider(String name, RuleBook rules) {
        this.name = name;
        this.rules = rules;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public ResolvedRequest resolve(VideoRequest request) {
        return rules.resolve(request);
    }

    @Override
    public List<ModelOffer> models() {
        return rules.offers();
    }

    @Override
    public Set<MediaForm> mediaForms(VideoRequest request, String field) {
        return rules.mediaForms(request, field);
    }

    @Override
    public HttpCall submit(VideoRequest request, String jobId) {
        return rules.submit(request, jobId);
    }

    @Override
    public String toString() {
        return name;
    }
}
