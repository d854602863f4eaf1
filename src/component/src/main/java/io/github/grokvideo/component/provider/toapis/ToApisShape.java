// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.toapis;

import java.util.Set;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.rules.BodyShape;
import io.github.grokvideo.component.provider.rules.FieldRule;

/** What ToAPIs' models have in common. */
final class ToApisShape {

    static final String CREATE = "/videos/generations";
    static final MediaForm[] IMAGE_FORMS = {MediaForm.URL, MediaForm.UPLOAD};
    static final FieldRule RATIO = FieldRule.oneOf("aspectRatio", "16:9", "9:16", "1:1", "3:2", "2:3").as("aspect_ratio");
    /** Only https, and only below the origin configured in ToAPIs' console; the gateway checks the latter. */
    static final FieldRule CALLBACK = FieldRule.url("callbackUrl", "https").as("callback_url");

    private static final String JOB_ID = "client_business_id";

    static final BodyShape FLAT = new BodyShape(null, Set.of(), JOB_ID);
    static final BodyShape NESTED = new BodyShape("input",
            Set.of("model", "mode", "callback_url", JOB_ID, "metadata", "trace_id", "private_asset_review"), JOB_ID);

    private ToApisShape() {
    }
}
