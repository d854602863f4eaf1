// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import io.github.grokvideo.component.provider.HttpAnswer;

/** Redirects of calls to a gateway. None is followed: the key and the order would go to somebody the user did not name. */
final class Redirect {

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    /** The address of one task rather than of a page to sign in, or of the same call elsewhere. */
    private static final Pattern OF_A_TASK = Pattern.compile(
            "(?i)[^?#]*/(?:videos?|tasks?|jobs?|requests?|generations?|operations?)/"
            + "(?=[^/?#]*\\d)[\\w.~%-]{6,}/?(?:status|result)?(?:[?#].*)?");

    private Redirect() {
    }

    static boolean is(int status) {
        return STATUSES.contains(status);
    }

    /**
     * The other redirects say that the call is to be made elsewhere. 303 says that its result is: where that is the address of a task, the
     * gateway may have made one.
     */
    static boolean mayHaveCreated(int status, HttpAnswer answer) {
        String location = answer.headers().get("Location");
        return status == 303 && location != null && OF_A_TASK.matcher(location.strip()).matches();
    }

    static String advice(HttpAnswer answer) {
        return "check baseUrl: the gateway answers with a redirect to " + origin(answer.headers().get("Location"));
    }

    /** Nothing but the origin: the rest may hold a secret. */
    private static String origin(String location) {
        if (location == null || location.isBlank()) {
            return "nowhere";
        }
        try {
            URI uri = new URI(location.strip().replaceFirst("[?#].*", "").replace(" ", "%20"));
            String authority = uri.getRawAuthority();
            if (authority == null) {
                return uri.getScheme() == null ? "another path of its own" : "an address of another kind";
            }
            String origin = (uri.getScheme() == null ? "" : uri.getScheme() + ":") + "//"
                    + authority.substring(authority.lastIndexOf('@') + 1);
            return SafeText.clean(origin, 200);
        } catch (URISyntaxException e) {
            return "an illegible address";
        }
    }
}
