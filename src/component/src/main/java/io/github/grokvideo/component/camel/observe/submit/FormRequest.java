// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.submit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.VideoRequest;

/** Makes a request of a form. */
final class FormRequest {

    /** Most images of one form. */
    private static final int MOST_IMAGES = 20;
    /** Neither a path of this machine nor a data URI. */
    private static final Pattern VIDEO = Pattern.compile("(?i)(https?://|file_id:|job:|task:)\\S.*");

    private FormRequest() {
    }

    /**
     * @param  earlier    null = the form starts from none
     * @param  violations gets those of images and a video that cannot be used, which are left out
     * @return            the fields of the request, by name
     */
    static Map<String, Object> fields(SubmitForm form, EarlierRequest earlier, Uploads uploads, List<Violation> violations) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (earlier != null) {
            fields.putAll(earlier.values(form.keep()));
        }
        form.fields().forEach((name, value) -> {
            if (value != null && !value.toString().isBlank()) {
                fields.put(name, value);
            }
        });
        if (form.fields().get(VideoRequest.VIDEO) instanceof String video && !video.isBlank() && !VIDEO.matcher(video.strip()).matches()) {
            violations.add(new Violation(VideoRequest.VIDEO, null, "must be job:<id> of an earlier video, an http(s) URL, or"
                    + " the gateway's own task:<id> or file_id:<id>"));
            fields.remove(VideoRequest.VIDEO);
        }
        if (form.images().size() > MOST_IMAGES) {
            violations.add(new Violation(VideoRequest.IMAGES, String.valueOf(form.images().size()), "at most " + MOST_IMAGES + " images"));
            return fields;
        }
        List<Media> images = new ArrayList<>();
        for (SubmitForm.Image image : form.images()) {
            try {
                images.add(image(image, earlier, uploads));
            } catch (IllegalArgumentException e) {
                violations.add(new Violation(VideoRequest.IMAGES, null, e.getMessage()));
            }
        }
        if (!images.isEmpty()) {
            fields.put(VideoRequest.IMAGES, images);
        }
        return fields;
    }

    private static Media image(SubmitForm.Image image, EarlierRequest earlier, Uploads uploads) {
        if (image.upload() != null) {
            return uploads.find(image.upload());
        }
        if (earlier == null) {
            throw new IllegalArgumentException("has an image of an earlier request, but there is none");
        }
        return earlier.image(image.kept());
    }
}
