// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.submit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;

/** The stored request of a job, as another one starts from it. What must not be shown is kept without being shown. Immutable. */
final class EarlierRequest {

    static final Set<String> PROMPTS = Set.of("prompt", "negativePrompt");

    private static final String ADDITIONAL = "additionalFields";
    /** Addresses that were made for one job only. */
    private static final Set<String> OF_ONE_JOB = Set.of("callbackUrl", "uploadUrl");

    private final VideoRequest request;
    private final boolean showPrompts;

    EarlierRequest(VideoJob job, boolean showPrompts) {
        if (job.request() == null) {
            throw new IllegalArgumentException("The request of job " + job.id() + " is not stored");
        }
        this.request = job.request();
        this.showPrompts = showPrompts;
    }

    /** @return what a form shows and may change */
    Map<String, Object> shown() {
        Map<String, Object> shown = new LinkedHashMap<>();
        all().forEach((name, value) -> {
            if (isShown(name, value)) {
                shown.put(name, value instanceof Mode mode ? mode.value() : value instanceof Media ? value.toString() : value);
            }
        });
        return shown;
    }

    /** @return names of what is kept unless the form leaves it out */
    List<String> kept() {
        List<String> kept = new ArrayList<>();
        all().forEach((name, value) -> {
            if (!isShown(name, value) && !name.equals(VideoRequest.IMAGES)) {
                kept.add(name);
            }
        });
        return kept;
    }

    /** @return what can be said of the images; URLs without their query */
    List<String> images() {
        return request.images().stream().map(Media::toString).toList();
    }

    /** @throws IllegalArgumentException if there is none */
    Media image(int index) {
        if (index < 0 || index >= request.images().size()) {
            throw new IllegalArgumentException("has an image that the earlier request does not have");
        }
        return request.images().get(index);
    }

    /** @return the values of those fields; a name that is not kept is left out */
    Map<String, Object> values(List<String> names) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Object> all = all();
        kept().stream().filter(names::contains).forEach(name -> values.put(name, all.get(name)));
        return values;
    }

    private Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>(request.given());
        all.keySet().removeAll(OF_ONE_JOB);
        if (request.model() != null) {
            all.put("model", request.model());
        }
        if (request.mode() != null) {
            all.put("mode", request.mode());
        }
        if (!request.additionalFields().isEmpty()) {
            all.put(ADDITIONAL, request.additionalFields());
        }
        return all;
    }

    /** A video is shown only where its text is all of it: a URL may have a secret in its query. */
    private boolean isShown(String name, Object value) {
        return SubmitForm.FIELDS.contains(name) && (showPrompts || !PROMPTS.contains(name))
                && (!(value instanceof Media) || value instanceof Media.EarlierJob);
    }
}
