// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.submit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.engine.VideoOrder;
import io.github.grokvideo.component.job.VideoName;
import io.github.grokvideo.component.job.VideoRequest;

/** What a component lets consoles submit. Thread-safe. */
public interface SubmitAccounts {

    /** The tag of all jobs that are made in a console, so that a budget or a {@code completed} consumer can be for them. */
    String TAG = "console";

    /** @return the accounts that allow it, the component's own first; those that are not complete are left out */
    List<SubmitAccount> all();

    /**
     * @param  fields of a request, by name; text names no files of this machine
     * @return        with the component's own options where a field is not given, but for the model, which each account has its own
     * @throws io.github.grokvideo.component.error.InvalidRequestException listing everything that cannot be read
     */
    VideoRequest request(Map<String, Object> fields);

    /**
     * @param  key    null = it will not be submitted
     * @param  name   in the account's directory; null = it has none
     * @param  waiter owner of the wait
     * @throws IllegalArgumentException if an option of the component is wrong
     */
    VideoOrder order(String jobId, SubmitAccount account, VideoRequest request, String key, VideoName name, Object waiter);

    /** @return where uploaded images are kept */
    Path uploads();
}
