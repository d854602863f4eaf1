// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.util.Arrays;
import org.apache.camel.ResolveEndpointFailedException;

/** What an endpoint does: the path of its URI. */
public enum GrokVideoOperation {

    /** Submit, wait without a thread, download: the body becomes the video. */
    generate,
    /** Submit and return; the job continues on its own. */
    submit,
    /** Wait for a job that was submitted before, here or elsewhere, and download. */
    await,
    /** One status look-up. */
    status,
    /** Stop a job that is not done, if its gateway can. */
    cancel,
    /** A page of the jobs in the store. */
    list,
    /** The remaining credit of the account. */
    balance,
    /** What jobs have cost, summed up. */
    spend,
    /** Check a request without spending. */
    validate,
    /** Receive a notice of the gateway's webhook, as an HTTP consumer has read it. */
    notify,
    /** In {@code from}: ended jobs that no caller is waiting for. */
    completed;

    /** The operation that a URI names; ResolveEndpointFailedException if there is no such operation. */
    static GrokVideoOperation of(String uri, String name) {
        try {
            return valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new ResolveEndpointFailedException(uri, "The operation '" + name + "' is not one of " + Arrays.toString(values()));
        }
    }

    /** Whether its jobs are kept in the job store. */
    boolean storesJobs() {
        return this == generate || this == submit || this == await;
    }

    /** @return whether it reads a request from the message */
    public boolean takesRequest() {
        return this == generate || this == submit || this == validate;
    }
}
