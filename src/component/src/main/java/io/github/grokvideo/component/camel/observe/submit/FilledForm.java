// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.submit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.ResolvedRequest;

/**
 * A form with what it has become.
 *
 * @param form       as it was sent
 * @param job        that it starts from; null = none
 * @param order      of everything that could be read
 * @param violations of what could not
 */
record FilledForm(SubmitForm form, VideoJob job, VideoOrder order, List<Violation> violations) {

    FilledForm {
        violations = List.copyOf(violations);
    }

    /** @return with the violations of what could not be read; that such a field is missing is not another one */
    ResolvedRequest with(ResolvedRequest resolved) {
        List<String> unread = violations.stream().map(Violation::field).toList();
        List<Violation> all = new ArrayList<>(violations);
        resolved.violations().stream().filter(violation -> !unread.contains(violation.field())).forEach(all::add);
        return new ResolvedRequest(resolved.request(), all, resolved.warnings(), all.isEmpty() ? resolved.estimate() : null);
    }

    /** @return names of fields whose values are not shown: what was kept may be secret, and an image is a path of this machine */
    Set<String> hidden() {
        Set<String> hidden = new HashSet<>(form.keep());
        form.fields().forEach((name, value) -> {
            if (!value.toString().isBlank()) {
                hidden.remove(name);
            }
        });
        hidden.add(VideoRequest.IMAGES);
        return hidden;
    }
}
