// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.engine.submit;

import io.github.grokvideo.component.engine.AccountWebhooks;
import io.github.grokvideo.component.engine.VideoAccount;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.VideoProvider;

/** Tells the gateway where it can report the end of a job. The URL is not stored with the job, since it may hold the job's token. */
final class CallbackUrl {

    private CallbackUrl() {
    }

    /**
     * @param  request resolved
     * @return         the request with the account's URL, unless it names one itself or its model has no field for it
     */
    static VideoRequest added(VideoAccount account, VideoRequest request, String jobId) {
        AccountWebhooks webhooks = account.webhooks();
        if (webhooks == null || webhooks.publicUrl() == null || request.callbackUrl() != null) {
            return request;
        }
        VideoRequest asking = request.toBuilder()
                .callbackUrl(webhooks.rules().callbackUrl(webhooks.publicUrl(), jobId, webhooks.keys())).build();
        VideoProvider provider = account.provider();
        return provider.resolve(asking).violations().equals(provider.resolve(request).violations()) ? asking : request;
    }
}
