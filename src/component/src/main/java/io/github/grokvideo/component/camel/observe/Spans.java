package io.github.grokvideo.component.camel.observe;

/** The tracing in use. */
interface Spans extends JobObserver {

    /** @return the call's span, to go on below it; null = it is not traced */
    Object current();

    /** No tracing on the class path. */
    Spans NONE = new Spans() {
        @Override
        public Object current() {
            return null;
        }

        @Override
        public void onChange(JobChange change) {
            // Nobody looks.
        }
    };
}
