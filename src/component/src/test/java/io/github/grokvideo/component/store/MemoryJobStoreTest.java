// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;


class MemoryJobStoreTest extends JobStoreContract {

    private final JobStore store = new MemoryJobStore();

    @Override
    protected JobStore store() {
        return store;
    }
}
