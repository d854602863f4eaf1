package io.github.grokvideo.component.camel.observe;

/** Follows jobs. Called on the engine's threads, in order for one job: return at once. */
@FunctionalInterface
interface JobObserver {

    void onChange(JobChange change);
}
