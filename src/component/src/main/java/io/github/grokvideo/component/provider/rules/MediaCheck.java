// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.provider.MediaForm;

/** Checks that an image or a video is in a form the gateway accepts. Local media and earlier jobs are converted later. */
final class MediaCheck {

    private static final Pattern URL = Pattern.compile("(?i)([a-z]+)://[^\\s/?#]+\\S*");

    private MediaCheck() {
    }

    static boolean isUrl(String text, String scheme) {
        var match = URL.matcher(text);
        return match.matches() && match.group(1).equalsIgnoreCase(scheme);
    }

    static Optional<Violation> validate(String field, Media media, Set<MediaForm> forms) {
        return accepts(media, forms) ? Optional.empty()
                : Optional.of(new Violation(field, Shown.value(field, media), describe(forms)));
    }

    private static boolean accepts(Media media, Set<MediaForm> forms) {
        if (media instanceof Media.Url url) {
            return url.isInline() ? forms.contains(MediaForm.DATA_URI)
                    : forms.contains(MediaForm.URL) && (isUrl(url.url(), "https") || isUrl(url.url(), "http"));
        }
        if (media instanceof Media.GatewayFile file) {
            return forms.contains(MediaForm.GATEWAY_FILE) && !file.id().isBlank();
        }
        if (media instanceof Media.GatewayTask task) {
            return forms.contains(MediaForm.TASK) && !task.taskId().isBlank();
        }
        return true;
    }

    /** Whether the media can be sent unchanged. */
    static boolean isSendable(Media media, Set<MediaForm> forms) {
        if (media instanceof Media.LocalFile || media instanceof Media.Bytes) {
            return forms.contains(MediaForm.FILE_PART);
        }
        return !(media instanceof Media.EarlierJob) && accepts(media, forms);
    }

    static String describe(Set<MediaForm> forms) {
        return "given as " + forms.stream().map(MediaCheck::describe).collect(Collectors.joining(" or "));
    }

    private static String describe(MediaForm form) {
        return switch (form) {
            case URL -> "a public http(s) URL";
            case DATA_URI -> "a data: URI";
            case UPLOAD, FILE_PART -> "a local file";
            case GATEWAY_FILE -> "file_id:<id>";
            case TASK -> "job:<id> or task:<id> of an earlier video of this gateway";
        };
    }
}
