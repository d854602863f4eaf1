// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import io.github.grokvideo.component.provider.HttpAnswer;

/** Redirects of gateway calls. They are not followed, since key and request would go to a host the user did not configure. */
final class Redirect {

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    /** URL of a single task, as opposed to a login page or the same call elsewhere. */
    private static final Pattern OF_A_TASK = Pattern.compile(
            "(?i)[^?#]*/(?:videos?|tasks?|jobs?|requests?|generations?|operations?)/"
            + "(?=[^/?#]*\\d)[\\w.~%-]{6,}/?(?:status|result)?(?:[?#].*)?");

    private Redirect() {
    }

    static boolean is(int status) {
        return STATUSES.contains(status);
    }

    /**
     * Other redirects mean that the call was not processed. A 303 points to its result: if that is the URL of a task, the gateway may have
     * created one.
     */
    static boolean mayHaveCreated(int status, HttpAnswer answer) {
        String location = answer.headers().get("Location");
        return status == 303 && location != null && OF_A_TASK.matcher(location.strip()).matches();
    }

    static String advice(HttpAnswer answer) {
        return "check baseUrl: the gateway answers with a redirect to " + origin(answer.headers().get("Location"));
    }

    /** Only the origin: the rest may contain a secret. */
    private static String origin(String location) {
        if (location == null || location.isBlank()) {
            return "nowhere";
        }
        try {
            URI uri = new URI(location.strip().replaceFirst("[?#].*", "").replace(" ", "%20"));
            String authority = uri.getRawAuthority();
            if (authority == null) {
                return uri.getScheme() == null ? "another path of the gateway" : "an address that is not http";
            }
            String origin = (uri.getScheme() == null ? "" : uri.getScheme() + ":") + "//"
                    + authority.substring(authority.lastIndexOf('@') + 1);
            return SafeText.clean(origin, 200);
        } catch (URISyntaxException e) {
            return "an invalid address";
        }
    }
}
